import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { firstLoadGroups, keepAppsApart, preloadBase, preloadNeeded } from './chunks.config.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}

export default defineConfig({
  root: import.meta.dirname,
  define: { __APP_VERSION__: JSON.stringify(version) },
  server: { proxy: { '/api': process.env.API_ORIGIN ?? 'http://localhost:3000' } },
  preview: { proxy: { '/api': process.env.API_ORIGIN ?? 'http://localhost:3000' } },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 700,
    modulePreload: { resolveDependencies: preloadNeeded },
    rolldownOptions: {
      output: {
        codeSplitting: { groups: firstLoadGroups() },
      },
    },
  },
  worker: { format: 'es' },
  plugins: [
    react(),
    keepAppsApart(),
    preloadBase(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      // app/service-worker.ts registers it: an update waits for a person.
      injectRegister: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,wasm,woff2}'],
        globIgnores: ['**/inter-{cyrillic,greek,vietnamese}*'],
        maximumFileSizeToCacheInBytes: 4_000_000,
      },
      manifest: {
        id: '/',
        name: 'Evertill',
        short_name: 'Evertill',
        description: 'A point of sale that keeps selling when the network does not.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#fafaf8',
        theme_color: '#0b7a55',
        categories: ['business', 'shopping'],
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
})
