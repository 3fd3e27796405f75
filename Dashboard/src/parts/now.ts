import { useEffect, useState } from 'preact/hooks';

/** The time, which moves every `period` milliseconds while the component is shown. */
export function useNow(period = 1000, clock: () => number = Date.now): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    setNow(clock());
    const timer = window.setInterval(() => setNow(clock()), period);
    return () => window.clearInterval(timer);
  }, [period, clock]);
  return now;
}
