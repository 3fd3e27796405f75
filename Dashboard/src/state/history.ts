import type { GatewayView, NodeView } from '../api/types';
import { push, RateMeter } from '../charts/rates';

export const SLOTS = 90;

/** What the charts of the overview show. Bounded: the newest values only. */
export interface History {
  output: number[];
  input: number[];
  echoP50: number[];
  echoP99: number[];
  /** Bytes of output a second, by node. */
  nodes: ReadonlyMap<string, number>;
}

export const EMPTY_HISTORY: History = { output: [], input: [], echoP50: [], echoP99: [], nodes: new Map() };

/** Makes rates of the nodes' totals. A node that restarts begins anew and disturbs no other's. */
export class HistoryKeeper {
  readonly #out = new Map<string, RateMeter>();
  readonly #in = new Map<string, RateMeter>();

  nodes(history: History, nodes: readonly NodeView[], at: number): History {
    const rates = new Map<string, number>();
    let output = 0;
    let input = 0;
    let known = false;
    for (const node of nodes) {
      const out = meter(this.#out, node.name).take(Number(node.outputBytes ?? 0), at);
      const typed = meter(this.#in, node.name).take(Number(node.inputBytes ?? 0), at);
      if (out === undefined || typed === undefined) continue;
      known = true;
      rates.set(node.name, out);
      output += out;
      input += typed;
    }
    for (const name of [...this.#out.keys()].filter((one) => !nodes.some((node) => node.name === one))) {
      this.#out.delete(name);
      this.#in.delete(name);
    }
    return known ? { ...history, nodes: rates, output: push(history.output, output, SLOTS), input: push(history.input, input, SLOTS) } : history;
  }

  gateway(history: History, view: GatewayView): History {
    if (view.echoP50Ms === undefined || view.echoP99Ms === undefined) return history;
    return { ...history, echoP50: push(history.echoP50, view.echoP50Ms, SLOTS), echoP99: push(history.echoP99, view.echoP99Ms, SLOTS) };
  }
}

function meter(meters: Map<string, RateMeter>, name: string): RateMeter {
  let one = meters.get(name);
  if (!one) meters.set(name, (one = new RateMeter()));
  return one;
}
