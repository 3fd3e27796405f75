import { defineConfig } from 'vite';

// Everything the page loads is a file of its own origin: no inline script, no data: URL, so that `script-src 'self'` is enough.
export default defineConfig({
  base: '/',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:7400', '/login': 'http://127.0.0.1:7400', '/logout': 'http://127.0.0.1:7400' } },
});
