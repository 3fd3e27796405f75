import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { visibleRows } from './window';

interface RowsProps<T> {
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  rowHeight: number;
  /** The class that lays the columns out. */
  layout: string;
  columns: readonly string[];
  render: (item: T) => ComponentChildren;
  testid: string;
}

/** A table of any length, of which only the rows in view are in the document. */
export function Rows<T>({ label, items, keyOf, rowHeight, layout, columns, render, testid }: RowsProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const element = box.current!;
    const measure = () => setView((last) => (last.top === element.scrollTop && last.height === element.clientHeight ? last : { top: element.scrollTop, height: element.clientHeight }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const { first, last } = visibleRows(view.top, view.height, rowHeight, items.length);
  return (
    <div class="rows" ref={box} role="table" aria-label={label} aria-rowcount={items.length + 1} tabIndex={0} data-testid={testid} data-total={items.length}>
      <div class={`row head ${layout}`} role="row" aria-rowindex={1}>
        {columns.map((column, index) => (
          <div class={`c${index}`} role="columnheader" key={index}>
            {column || <span class="unseen">Actions</span>}
          </div>
        ))}
      </div>
      <div class="rows-all" role="rowgroup" style={{ height: items.length * rowHeight }}>
        {items.slice(first, last).map((item, index) => (
          <div class={`row ${layout}`} role="row" key={keyOf(item)} aria-rowindex={first + index + 2} style={{ height: rowHeight, transform: `translateY(${(first + index) * rowHeight}px)` }}>
            {render(item)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** One cell of a row. */
export const Cell = ({ at, children, title }: { at: number; children?: ComponentChildren; title?: string | undefined }) => (
  <div class={`c${at}`} role="cell" title={title}>
    {children}
  </div>
);
