/** What sync needs of `fetch`: paths are relative to the origin. */
export type Fetch = (path: string, init: RequestInit) => Promise<Response>
