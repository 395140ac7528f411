import { basename, resolve } from 'node:path'
import type { Plugin, Rolldown } from 'vite'

/*
 * What a till asks for before its first screen comes in a few files and not in a hundred: each costs a slow tablet more
 * than it weighs. `base` is what head office or the customer's screen needs as well, `store` what else the page for
 * emergencies does, `common` what all of them do, so that this page stands without the rest; `till` is all else.
 * Whatever comes later is cut by who imports it.
 */

const source = (path: string) => resolve(import.meta.dirname, 'src', path)
const MAIN = source('main.tsx')
const TILL = source('till/mount.tsx')
const OFFICE = source('office/mount.tsx')
const CUSTOMER = source('till/customer-screen/mount-customer-screen.tsx')
const EMERGENCY = source('till/rescue/emergency-page.ts')

type GetModuleInfo = Rolldown.ChunkingContext['getModuleInfo']
type Part = 'start' | 'common' | 'base' | 'store'

/** The groups of a build: made anew for each, for they keep what they have seen of its modules. */
export function firstLoadGroups(): Rolldown.CodeSplittingGroup[] {
  let partOf: ((id: string) => Part | undefined) | undefined
  const part = (name: Part, priority: number): Rolldown.CodeSplittingGroup => ({
    debugName: name,
    priority,
    name: (id, modules) => {
      partOf ??= partsOf((module) => modules.getModuleInfo(module))
      return partOf(id) === name ? name : null
    },
  })
  // A group takes along what its modules need, unless an earlier one has it.
  return [
    part('start', 5),
    part('common', 4),
    part('base', 3),
    part('store', 2),
    { name: 'till', test: (id) => id === TILL, priority: 1 },
  ]
}

function partsOf(getModuleInfo: GetModuleInfo): (id: string) => Part | undefined {
  const start = reachable(getModuleInfo, [MAIN], { later: false })
  const till = reachable(getModuleInfo, [TILL], { later: false })
  const screens = reachable(getModuleInfo, [OFFICE, CUSTOMER], { later: true })
  const emergency = reachable(getModuleInfo, [EMERGENCY], { later: true })
  const importedBy = (modules: ReadonlySet<string>) =>
    new Set(
      [...modules].flatMap((id) => (getModuleInfo(id)?.importedIds ?? []).filter(isLibrary).map(packageOf)),
    )
  const ofTill = importedBy(till)
  const ofScreens = importedBy(screens)
  const components = new Set([...till].flatMap((id) => componentsIn(getModuleInfo(id)?.code ?? '')))
  return (id) => {
    if (COMPONENTS.test(id)) {
      const names = [basename(id, '.mjs'), ...(getModuleInfo(id)?.exports ?? [])]
      return !id.endsWith('/index.mjs') && names.some((name) => components.has(name)) ? 'base' : undefined
    }
    if (isLibrary(id)) return ofTill.has(packageOf(id)) && ofScreens.has(packageOf(id)) ? 'base' : undefined
    if (start.has(id)) return id === MAIN ? undefined : 'start'
    if (!till.has(id)) return undefined
    if (emergency.has(id)) return screens.has(id) ? 'common' : 'store'
    return screens.has(id) ? 'base' : undefined
  }
}

const packageOf = (id: string) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? ''
const isLibrary = (id: string) => id.includes('/node_modules/')
/** Their index names every one of them, so that the bundler's graph does not say who needs which. */
const COMPONENTS = /node_modules\/@(mantine|tabler)\//
const FROM_COMPONENTS = /import\s*\{([^}]*)\}\s*from\s*["']@(?:mantine|tabler)\//g

const componentsIn = (code: string): string[] =>
  [...code.matchAll(FROM_COMPONENTS)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim().replace(/\s+as\s.*$/, '')),
  )

/** The app's own modules that these import, themselves included. @param later those as well that they fetch later */
function reachable(
  getModuleInfo: GetModuleInfo,
  from: readonly string[],
  { later }: { readonly later: boolean },
): ReadonlySet<string> {
  const seen = new Set<string>()
  const queue = [...from]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id) || isLibrary(id)) continue
    seen.add(id)
    const info = getModuleInfo(id)
    queue.push(...(info?.importedIds ?? []), ...(later ? (info?.dynamicallyImportedIds ?? []) : []))
  }
  return seen
}

const KEPT_FROM: Readonly<Record<string, readonly string[]>> = {
  [OFFICE]: ['till', 'store'],
  [CUSTOMER]: ['till', 'store'],
  [EMERGENCY]: ['till', 'base'],
}

/** Head office is no till: a build in which one app would bring another's files with it fails. */
export function keepAppsApart(): Plugin {
  return {
    name: 'evertill:keep-apps-apart',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const chunkOf = (find: (chunk: Rolldown.OutputChunk) => boolean) => {
        const found = chunks.find(find)
        return found ?? this.error('the first load is cut otherwise than chunks.config.ts says')
      }
      for (const [app, kept] of Object.entries(KEPT_FROM)) {
        const seen = new Set([chunkOf(({ facadeModuleId }) => facadeModuleId === app)])
        for (const chunk of seen)
          for (const file of [...chunk.imports, ...chunk.dynamicImports]) {
            const next = chunkOf(({ fileName }) => fileName === file)
            if (kept.includes(next.name))
              this.error(`${app} would bring ${file} along, by ${chunk.moduleIds.join(', ')}`)
            seen.add(next)
          }
      }
    },
  }
}

/** The largest of the files is on its way while the first decides which app it is for. */
export function preloadBase(): Plugin {
  return {
    name: 'evertill:preload-base',
    apply: 'build',
    transformIndexHtml: (_, { bundle = {} }) =>
      Object.values(bundle)
        .filter((file) => file.type === 'chunk' && file.name === 'base')
        .map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${fileName}` },
          injectTo: 'head' as const,
        })),
  }
}
