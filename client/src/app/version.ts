declare const __APP_VERSION__: string | undefined

/** What the till reports as its version; absent outside a Vite build. */
export const APP_VERSION = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'unbuilt'
