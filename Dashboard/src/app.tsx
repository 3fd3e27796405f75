import type { ComponentChild } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { logout } from './api/login';
import { ContainerPage } from './pages/container';
import { ContainersPage } from './pages/containers';
import { OverviewPage } from './pages/overview';
import { RecordingPage } from './pages/recording';
import { RecordingsPage } from './pages/recordings';
import { SessionsPage } from './pages/sessions';
import { TerminalsPage } from './pages/terminals';
import { Alerts, attempt } from './parts/alerts';
import { Confirm } from './parts/confirm';
import { Countdown } from './parts/countdown';
import { Empty } from './parts/empty';
import { wallClock } from './parts/now';
import { useStore } from './parts/store';
import { chooseTheme, themeChoice, type ThemeChoice } from './parts/theme';
import { feedState, me, retryFeed } from './state/live';
import { useRoute, type Route } from './state/route';

const LINKS: [string, string, Route['page'][]][] = [
  ['#/', 'Overview', ['overview']],
  ['#/containers', 'Containers', ['containers', 'container']],
  ['#/sessions', 'Sessions', ['sessions']],
  ['#/terminals', 'Terminals', ['terminals']],
  ['#/recordings', 'Recordings', ['recordings', 'recording']],
];

/** The page: what is on every page of it, and the one that the address names. */
export function App() {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    const name = LINKS.find(([, , pages]) => pages.includes(route.page))?.[1];
    document.title = name ? `${name} – CriAttach` : 'CriAttach';
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [route.page]);
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <Header page={route.page} />
      <Banner />
      <main id="main" ref={main} tabIndex={-1}>
        {pageOf(route)}
      </main>
      <Alerts />
      <Confirm />
    </>
  );
}

function pageOf(route: Route): ComponentChild {
  switch (route.page) {
    case 'overview':
      return <OverviewPage />;
    case 'containers':
      return <ContainersPage key={route.filter} filter={route.filter} />;
    case 'container':
      return <ContainerPage key={`${route.node}/${route.id}`} node={route.node} id={route.id} />;
    case 'sessions':
      return <SessionsPage />;
    case 'recordings':
      return <RecordingsPage />;
    case 'recording':
      return <RecordingPage key={`${route.node}/${route.id}`} node={route.node} id={route.id} />;
    case 'terminals':
      return <TerminalsPage containers={route.containers} />;
    case 'unknown':
      return (
        <div class="page">
          <h1>Not here</h1>
          <Empty title="There is no such page">
            <a href="#/">Overview</a>
          </Empty>
        </div>
      );
  }
}

function Header({ page }: { page: Route['page'] }) {
  const who = useStore(me);
  const theme = useStore(themeChoice);
  const feed = useStore(feedState);
  return (
    <header class="top">
      <a class="brand" href="#/" aria-current={page === 'overview' ? 'page' : undefined}>
        <img src="/icon.svg" alt="" width="22" height="22" />
        <span>CriAttach</span>
      </a>
      <nav aria-label="Pages">
        {LINKS.map(([href, text, pages]) => (
          <a key={href} href={href} aria-current={pages.includes(page) ? 'page' : undefined}>
            {text}
          </a>
        ))}
      </nav>
      <div class="top-end">
        <span class={`feed ${feed.name}`} title={feed.name === 'live' ? 'Changes arrive as they happen' : 'Not up to date'} data-testid="feed" data-state={feed.name}>
          <span class="dot" aria-hidden="true" />
          <span class="feed-words">{feed.name === 'live' ? (who?.gateway ?? 'live') : feed.name === 'connecting' ? 'connecting' : 'offline'}</span>
        </span>
        <label>
          <span class="unseen">Colours</span>
          <select value={theme} onChange={(event) => chooseTheme(event.currentTarget.value as ThemeChoice)} data-testid="theme">
            <option value="system">Auto</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
        <button type="button" onClick={() => void attempt(() => logout(who?.csrf ?? ''))} data-testid="logout">
          Log out
        </button>
      </div>
    </header>
  );
}

function Banner() {
  const feed = useStore(feedState);
  if (feed.name === 'live' || (feed.name === 'connecting' && !feed.again)) return null;
  return (
    <div class="banner" role="alert" data-testid="banner">
      <span>
        The gateway does not answer. What is shown may be out of date; terminals go on by themselves at another gateway.{' '}
        {feed.name === 'broken' ? <>Next try in <Countdown until={feed.retryAt} clock={wallClock} />.</> : 'Connecting…'}
      </span>
      <button type="button" onClick={retryFeed} disabled={feed.name === 'connecting'}>
        Try now
      </button>
    </div>
  );
}
