/** A ref for the field a page opens on. */
export const focusFirst = (field: HTMLElement | null): void => field?.focus({ preventScroll: true })
