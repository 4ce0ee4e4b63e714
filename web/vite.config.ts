import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { readStackConfig } from '../api/config.ts';
import { precompress } from './precompress.ts';

const devServer = () => {
  const stack = readStackConfig();
  const api = `http://localhost:${stack.PORT}`;
  return {
    host: stack.HOST,
    port: stack.WEB_PORT,
    strictPort: true,
    proxy: { '/api': api, '/openapi.json': api },
  };
};

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  plugins: [solid(), precompress()],
  // A data: address would need a hole in the content security policy.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
  ...(command === 'serve' && { server: devServer() }),
}));
