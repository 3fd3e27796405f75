import { count } from '../parts/format';

export interface Size {
  cols: number;
  rows: number;
}

/** The emulator keeps each cell: a size that someone else has set is taken up to here, so that it cannot use up the page's memory. */
export const LARGEST: Size = { cols: 1000, rows: 500 };

export const isLength = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;

/** The size itself where it is not too large. */
export const boundSize = (size: Size): Size => (fits(size) ? size : { cols: Math.min(size.cols, LARGEST.cols), rows: Math.min(size.rows, LARGEST.rows) });

export const fits = (size: Size): boolean => size.cols <= LARGEST.cols && size.rows <= LARGEST.rows;

export const tooLargeInWords = ({ cols, rows }: Size): string => `The terminal is said to have ${count(cols)}×${count(rows)} cells; it is shown with ${LARGEST.cols}×${LARGEST.rows} at most.`;
