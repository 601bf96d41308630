import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds to `web/dist`: pages at the top, files whose names carry a hash in `assets`. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, sourcemap: false },
});
