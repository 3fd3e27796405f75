import { api, setCsrf } from '../api/client';
import { Feed, type FeedState } from '../api/feed';
import type { MeView } from '../api/types';
import { Store } from '../parts/store';
import { Cluster } from './cluster';

/** Counts up when the cluster has changed; at most once a frame, whatever the feed brings. */
export const version = new Store(0);
export const feedState = new Store<FeedState>({ name: 'connecting', again: false });
export const me = new Store<MeView | undefined>(undefined);

let due = false;

export const cluster = new Cluster(Date.now, () => {
  if (due) return;
  due = true;
  // A hidden page gets no animation frames; it is brought up to date when it is looked at.
  requestAnimationFrame(() => {
    due = false;
    version.value++;
  });
});

const feed = new Feed(
  {
    open: () => new EventSource('/api/v1/events'),
    now: Date.now,
    random: Math.random,
    setTimeout: (action, milliseconds) => window.setTimeout(action, milliseconds),
    clearTimeout: (timer) => window.clearTimeout(timer),
    // EventSource hides the status; a 401 here leads to the login.
    refused: () => void introduce(),
  },
  (state) => {
    feedState.value = state;
  },
  (event) => {
    if (event.name === 'hello' && me.value?.gateway !== event.data.gateway) void introduce();
    cluster.apply(event);
  },
);

/** Asks the gateway who it is. When it does not answer, the feed's state says so to people; here is nothing to add. */
async function introduce(): Promise<void> {
  const call = api.GET('/api/v1/me').catch(() => undefined);
  const answer = await call;
  if (answer?.data) {
    setCsrf(answer.data.csrf ?? '');
    me.value = answer.data;
  }
}

/** Begins to follow the cluster. */
export function follow(): void {
  void introduce();
  feed.open();
}

/** Tries the feed now instead of at the end of the wait. */
export const retryFeed = () => feed.open();

