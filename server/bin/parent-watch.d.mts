export function watchParent(): void
