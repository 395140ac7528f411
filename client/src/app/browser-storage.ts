/** What this browser keeps beside its databases; nothing where it refuses. */
export function browserStorage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
