import { Store } from './store';

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'criattach.theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

export const themeChoice = new Store<ThemeChoice>(read());
export const dark = new Store(isDark());

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(KEY, choice);
  themeChoice.value = choice;
}

function apply(): void {
  dark.value = isDark();
  document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
}

function isDark(): boolean {
  return themeChoice.value === 'system' ? system.matches : themeChoice.value === 'dark';
}

function read(): ThemeChoice {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

themeChoice.watch(apply);
system.addEventListener('change', apply);
apply();
