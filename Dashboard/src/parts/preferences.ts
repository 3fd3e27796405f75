import { Store } from './store';

const KEY = 'criattach.screenReader';

/** Whether terminals put their text where screen readers find it. */
export const screenReader = new Store(localStorage.getItem(KEY) === 'true');

screenReader.watch(() => localStorage.setItem(KEY, String(screenReader.value)));
