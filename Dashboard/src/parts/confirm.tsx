import type { ComponentChildren } from 'preact';
import { Dialog } from './dialog';
import { Store, useStore } from './store';

export interface Question {
  title: string;
  body: ComponentChildren;
  /** What the button says that does it. */
  action: string;
  danger?: boolean;
}

const current = new Store<{ question: Question; answer: (yes: boolean) => void } | undefined>(undefined);

/** Asks before something is done that cannot be undone. A second question answers the first with no. */
export function confirm(question: Question): Promise<boolean> {
  current.value?.answer(false);
  return new Promise((resolve) => {
    current.value = {
      question,
      answer: (yes) => {
        current.value = undefined;
        resolve(yes);
      },
    };
  });
}

export function Confirm() {
  const asked = useStore(current);
  if (!asked) return null;
  const { question, answer } = asked;
  return (
    <Dialog title={question.title} onClose={() => answer(false)}>
      <div class="dialog-text">{question.body}</div>
      <div class="dialog-buttons">
        <button type="button" onClick={() => answer(false)} data-testid="confirm-no">
          Cancel
        </button>
        <button type="button" class={question.danger ? 'danger' : 'primary'} onClick={() => answer(true)} data-testid="confirm-yes">
          {question.action}
        </button>
      </div>
    </Dialog>
  );
}
