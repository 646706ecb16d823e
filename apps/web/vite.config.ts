import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: { outDir: '../cli/dist/web', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
});
