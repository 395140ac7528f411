/*
 * As much of Lighthouse and of what it drives a browser with as is used here. They have packages of their own, which
 * are not there when the rest is checked.
 */

export interface Report {
  readonly lhr: {
    readonly categories: Readonly<Record<string, Category>>
    readonly audits: Readonly<Record<string, Audit>>
    /** How fast the machine is without a slow-down: 125 to 800 is a mid-tier phone, 1,500 to 2,000 a fast desktop. */
    readonly environment: { readonly benchmarkIndex: number }
    readonly runtimeError?: { readonly code: string; readonly message: string }
  }
}
interface Category {
  /** 0 to 1. */
  readonly score: number | null
  readonly auditRefs: readonly { readonly id: string; readonly weight: number }[]
}
interface Audit {
  readonly title: string
  readonly score: number | null
  readonly displayValue?: string
  readonly details?: { readonly items?: readonly unknown[] }
}

export interface Flags {
  readonly onlyCategories: readonly string[]
  readonly port?: number
  readonly disableStorageReset?: boolean
  /** Milliseconds. */
  readonly maxWaitForFcp?: number
  readonly maxWaitForLoad?: number
}
export interface Lighthouse {
  readonly default: (url: string, flags: Flags, config?: object) => Promise<Report | undefined>
  readonly snapshot: (
    page: SeenPage,
    options: { readonly flags: Flags; readonly config?: object | undefined },
  ) => Promise<Report | undefined>
  readonly desktopConfig: object
}

export interface SeenPage {
  goto(url: string): Promise<unknown>
  close(): Promise<void>
  locator(selector: string): { click(): Promise<void>; wait(): Promise<unknown> }
}
export interface Puppeteer {
  readonly default: {
    connect(options: {
      readonly browserURL: string
      readonly defaultViewport: null
    }): Promise<{ newPage(): Promise<SeenPage>; disconnect(): Promise<void> }>
  }
}
