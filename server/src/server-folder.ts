import { fileURLToPath } from 'node:url'

/**
 * The folder of this workspace, for files that are read while the server runs. Asked here only: the code runs from
 * `src` as well as bundled in `dist` (bin/bundle.mjs), where a module's own address is no guide to what was beside it.
 */
export const serverFolder = fileURLToPath(new URL('..', import.meta.url))
