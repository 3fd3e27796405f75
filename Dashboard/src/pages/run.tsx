import { useState } from 'preact/hooks';
import { api, ask } from '../api/client';
import { words } from '../api/fault';
import type { CreateContainerBody } from '../api/types';
import { Dialog } from '../parts/dialog';
import { useStore } from '../parts/store';
import { cluster, version } from '../state/live';
import { toContainer } from '../state/route';
import { splitCommand } from './command';

/** Runs a container that CriAttach owns. */
export function RunDialog({ onClose }: { onClose: () => void }) {
  useStore(version);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const runtimes = [...new Set(cluster.nodes.flatMap((node) => node.runtimes))].sort();
  const run = async (form: HTMLFormElement) => {
    const body = readForm(new FormData(form));
    if (!body) return setFault('A quote in the command is not closed.');
    setBusy(true);
    try {
      const view = await ask(api.POST('/api/v1/containers', { body }));
      onClose();
      location.hash = toContainer(view);
    } catch (refusal) {
      setFault(words(refusal));
      setBusy(false);
    }
  };
  return (
    <Dialog title="Run a container" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void run(event.currentTarget);
        }}
      >
        <label class="whole">
          Name
          <input name="name" data-testid="run-name" placeholder="made from its id" autocomplete="off" />
        </label>
        <label>
          Node
          <select name="node">
            <option value="">any</option>
            {cluster.nodes.map((node) => (
              <option key={node.name}>{node.name}</option>
            ))}
          </select>
        </label>
        <label>
          Runtime
          <select name="runtime" data-testid="run-runtime">
            <option value="">the node’s default</option>
            {runtimes.map((runtime) => (
              <option key={runtime}>{runtime}</option>
            ))}
          </select>
        </label>
        <label class="whole">
          Root file system (a directory on the node)
          <input name="rootfs" placeholder="/var/lib/criattach/rootfs" autocomplete="off" />
        </label>
        <label class="whole">
          Command
          <input name="command" required placeholder="sh -c 'while read l; do echo $l; done'" autocomplete="off" data-testid="run-command" />
        </label>
        <label>
          Namespace
          <input name="namespace" autocomplete="off" />
        </label>
        <label>
          Pod
          <input name="pod" autocomplete="off" />
        </label>
        <div class="checks whole">
          <label class="inline">
            <input type="checkbox" name="tty" defaultChecked /> Terminal
          </label>
          <label class="inline">
            <input type="checkbox" name="stdin" defaultChecked /> Standard input
          </label>
          <label class="inline">
            <input type="checkbox" name="startLater" /> Start it later
          </label>
        </div>
        {fault && (
          <p class="warning whole" role="alert">
            {fault}
          </p>
        )}
        <div class="dialog-buttons whole">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={busy} data-testid="run-submit">
            Run
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function readForm(form: FormData): CreateContainerBody | undefined {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const args = splitCommand(text('command'));
  if (!args) return undefined;
  const body: CreateContainerBody = { args, tty: form.has('tty'), stdin: form.has('stdin'), startLater: form.has('startLater') };
  for (const name of ['name', 'node', 'runtime', 'rootfs', 'namespace', 'pod'] as const) {
    if (text(name)) body[name] = text(name);
  }
  return body;
}
