import { basename, resolve } from 'node:path'
import type { Plugin, Rolldown } from 'vite'

/*
 * What a till asks for before its first screen, and what it fetches right after, comes in a few files and not in a
 * hundred: each costs a slow tablet more than it weighs. `base` is what head office or the customer's screen needs as
 * well, `store` what else the page for emergencies does, `common` what all of them do, so that this page stands without
 * the rest; `till` is all else. Of the parts that app/later fetches, `shared` is what head office needs as well, and
 * `later` the rest. Whatever comes when it is asked for is cut by who imports it.
 */

const source = (path: string) => resolve(import.meta.dirname, 'src', path)
const MAIN = source('main.tsx')
const LATER = source('app/later.tsx')
const TILL = source('till/mount.tsx')
const OFFICE = source('office/mount.tsx')
const CUSTOMER = source('till/customer-screen/mount-customer-screen.tsx')
const EMERGENCY = source('till/rescue/emergency-page.ts')

type GetModuleInfo = Rolldown.ChunkingContext['getModuleInfo']
type Part = 'start' | 'common' | 'base' | 'store' | 'shared' | 'later'

/** The groups of a build: made anew for each, for they keep what they have seen of its modules. */
export function firstLoadGroups(): Rolldown.CodeSplittingGroup[] {
  let partOf: ((id: string) => Part | undefined) | undefined
  const part = (name: Part, priority: number, includeDependenciesRecursively = true) => ({
    includeDependenciesRecursively,
    debugName: name,
    priority,
    name: (id: string, modules: Rolldown.ChunkingContext) => {
      partOf ??= partsOf((module) => modules.getModuleInfo(module))
      return partOf(id) === name ? name : null
    },
  })
  // A group takes along what its modules need, unless an earlier one has it; the last two only what they name.
  return [
    part('start', 7),
    part('common', 6),
    part('base', 5),
    part('store', 4),
    { name: 'till', test: (id) => id === TILL, priority: 3 },
    part('shared', 2, false),
    part('later', 1, false),
  ]
}

function partsOf(getModuleInfo: GetModuleInfo): (id: string) => Part | undefined {
  const codeOf = (id: string) => getModuleInfo(id)?.code ?? ''
  const librariesIn = (id: string): readonly string[] =>
    getModuleInfo(id)?.importedIds.filter(isLibrary) ?? []
  const packagesOf = (modules: ReadonlySet<string>) =>
    new Set([...modules].flatMap(librariesIn).map(packageOf))
  const componentsOf = (modules: ReadonlySet<string>) =>
    new Set([...modules].flatMap((id) => componentsIn(codeOf(id))))

  const isOneOf = (components: ReadonlySet<string>, id: string) =>
    !id.endsWith('/index.mjs') &&
    [basename(id, '.mjs'), ...(getModuleInfo(id)?.exports ?? [])].some((name) => components.has(name))

  const start = reachable(getModuleInfo, [MAIN], { later: false })
  const till = reachable(getModuleInfo, [TILL], { later: false })
  const parts = laterParts(getModuleInfo, till)
  const screens = reachable(getModuleInfo, [OFFICE, CUSTOMER], { later: true })
  const emergency = reachable(getModuleInfo, [EMERGENCY], { later: true })
  const ofTill = packagesOf(till)
  const ofScreens = packagesOf(screens)
  const ofEmergency = packagesOf(emergency)
  const tillComponents = componentsOf(till)
  const ofParts = librariesOf(parts)

  /** Theirs and what that imports in turn. */
  function librariesOf(modules: ReadonlySet<string>): ReadonlySet<string> {
    const components = componentsOf(modules)
    const found = new Set<string>()
    const isNamed = (id: string) => !COMPONENTS.test(id) || isOneOf(components, id)
    const queue = [...modules]
      .flatMap(librariesIn)
      .flatMap((id) => (id.endsWith('/index.mjs') ? librariesIn(id).filter(isNamed) : id))
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (found.has(id) || id.endsWith('/index.mjs') || ofEmergency.has(packageOf(id))) continue
      found.add(id)
      queue.push(...librariesIn(id))
    }
    return found
  }

  const libraryPart = (id: string): Part | undefined => {
    const isFirst = COMPONENTS.test(id)
      ? isOneOf(tillComponents, id)
      : ofTill.has(packageOf(id)) && ofScreens.has(packageOf(id))
    if (isFirst) return 'base'
    return ofParts.has(id) ? 'shared' : undefined
  }
  return (id) => {
    if (isLibrary(id)) return libraryPart(id)
    if (start.has(id)) return id === MAIN ? undefined : 'start'
    const isScreens = screens.has(id)
    if (till.has(id)) {
      if (emergency.has(id)) return isScreens ? 'common' : 'store'
      return isScreens ? 'base' : undefined
    }
    if (!parts.has(id) || emergency.has(id)) return undefined
    return isScreens ? 'shared' : 'later'
  }
}

/** What comes by app/later: whoever imports that fetches nothing in another way, or as soon, or next to nothing. */
function laterParts(getModuleInfo: GetModuleInfo, till: ReadonlySet<string>): ReadonlySet<string> {
  const parts = new Set<string>()
  const queue = [...till]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const info = getModuleInfo(id)
    if (!info?.importedIds.includes(LATER)) continue
    for (const found of reachable(getModuleInfo, info.dynamicallyImportedIds, { later: false })) {
      if (till.has(found) || parts.has(found)) continue
      parts.add(found)
      queue.push(found)
    }
  }
  return parts
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
  [OFFICE]: ['till', 'store', 'later'],
  [CUSTOMER]: ['till', 'store', 'later'],
  [EMERGENCY]: ['till', 'base', 'shared', 'later'],
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

/**
 * What comes brings along what it needs in turn, all at once, unless the till itself fetches it: by then most of that is
 * there, and to look for each costs a slow tablet more than to wait for the rest.
 */
export const preloadNeeded = (
  _: string,
  needed: string[],
  { hostId }: { readonly hostId: string },
): string[] => (/\/(till|later)-[\w-]+\.js$/.test(hostId) ? [] : needed)

const FONT = /\/inter-latin-wght-normal-[\w-]+\.woff2$/

/**
 * The largest of the files is on its way while the first decides which app it is for, and so is the font: without it
 * the first screen would be laid out twice.
 */
export function preloadBase(): Plugin {
  const link = (attrs: Record<string, string | boolean>, fileName: string) => ({
    tag: 'link',
    attrs: { ...attrs, crossorigin: true, href: `/${fileName}` },
    injectTo: 'head' as const,
  })
  return {
    name: 'evertill:preload-base',
    apply: 'build',
    transformIndexHtml: (_, { bundle = {} }) =>
      Object.values(bundle).flatMap((file) => {
        if (file.type === 'chunk' && file.name === 'base')
          return link({ rel: 'modulepreload' }, file.fileName)
        if (FONT.test(file.fileName))
          return link({ rel: 'preload', as: 'font', type: 'font/woff2' }, file.fileName)
        return []
      }),
  }
}
