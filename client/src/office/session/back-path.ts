/**
 * Where to go after signing in: a path of this app, or home. Anything that could lead to another site
 * (`//evil.example`, `/\evil.example`, `https:…`) is not taken.
 */
export function backPath(back: string | undefined): string {
  if (back === undefined || !/^\/(?![/\\])/.test(back)) return '/'
  return /^\/(sign-in|first-run)(\/|\?|$)/.test(back) ? '/' : back
}
