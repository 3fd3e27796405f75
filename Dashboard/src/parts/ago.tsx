import { span } from './format';
import { useNow } from './now';

/** How long ago something was; its date and time on request. */
export function Ago({ at }: { at: string | undefined }) {
  const now = useNow(1000);
  if (!at) return <span class="quiet">–</span>;
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={new Date(time).toLocaleString()}>
      {span(now - time)}
    </time>
  );
}
