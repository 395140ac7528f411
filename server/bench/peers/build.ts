import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'

const here = import.meta.dirname

/** The files of one peer's page, as its server would have them. */
export async function buildPage(
  peer: string,
  backgroundSync: boolean,
): Promise<ReadonlyMap<string, { type: string; text: string }>> {
  const own = join(here, peer, 'worker.ts')
  const script = { type: 'text/javascript' }
  const page = { type: 'text/html', text: '<!doctype html><script type="module" src="/page.js"></script>' }
  const open = `import { openOutbox } from './${peer}/page.ts'; import { expose } from './page/expose.ts'; expose(openOutbox)`
  const worker = existsSync(own) ? own : join(here, 'page/worker.ts')
  return new Map([
    ['/', page],
    ['/blank', { type: 'text/html', text: '<!doctype html><title>blank</title>' }],
    ['/page.js', { ...script, text: await bundle({ stdin: { contents: open, resolveDir: here } }) }],
    [
      '/worker.js',
      {
        ...script,
        text: await bundle({
          entryPoints: [worker],
          define: { BACKGROUND_SYNC: String(backgroundSync), 'process.env.NODE_ENV': '"production"' },
        }),
      },
    ],
  ])
}

async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    logLevel: 'error',
    ...options,
  })
  return outputFiles?.[0]?.text ?? ''
}
