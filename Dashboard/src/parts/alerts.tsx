import { words } from '../api/fault';
import { Store, useStore } from './store';

const LIMIT = 5;

const alerts = new Store<readonly { id: number; text: string }[]>([]);
let next = 1;

/** Tells people that something they asked for did not happen. */
export function report(fault: unknown): void {
  alerts.value = [...alerts.value.slice(-(LIMIT - 1)), { id: next++, text: words(fault) }];
}

/** Does something that the gateway may refuse, and reports a refusal. Answers whether it was done. */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (fault) {
    report(fault);
    return false;
  }
}

export function Alerts() {
  const list = useStore(alerts);
  return (
    <div class="alerts" role="alert" aria-live="assertive">
      {list.map((alert) => (
        <div class="alert" key={alert.id} data-testid="alert">
          <span>{alert.text}</span>
          <button type="button" class="plain" aria-label="Dismiss" onClick={() => (alerts.value = alerts.value.filter((one) => one !== alert))}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
