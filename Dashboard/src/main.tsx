import './style.css';
import { render } from 'preact';
import { App } from './app';
import { follow } from './state/live';

follow();
render(<App />, document.getElementById('app')!);
