import { useEffect, useState } from 'preact/hooks';
import { Store } from './store';

interface Ticker {
  store: Store<number>;
  users: number;
  timer: number | undefined;
}

const tickers = new Map<string, Ticker>();

export const wallClock = () => Date.now();
export const pageClock = () => performance.now();

/** The time, which moves every `period` milliseconds while the component is shown. All that show it share one timer. */
export function useNow(period = 1000, clock: typeof wallClock = wallClock): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const ticker = tickerOf(period, clock);
    ticker.users++;
    ticker.timer ??= window.setInterval(() => (ticker.store.value = clock()), period);
    const stop = ticker.store.watch(() => setNow(ticker.store.value));
    return () => {
      stop();
      if (--ticker.users > 0) return;
      window.clearInterval(ticker.timer);
      ticker.timer = undefined;
    };
  }, [period, clock]);
  return now;
}

function tickerOf(period: number, clock: typeof wallClock): Ticker {
  const key = `${period} ${clock === pageClock}`;
  let ticker = tickers.get(key);
  if (!ticker) tickers.set(key, (ticker = { store: new Store(clock()), users: 0, timer: undefined }));
  return ticker;
}
