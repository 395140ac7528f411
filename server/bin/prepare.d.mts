export function prepare(what: { readonly client?: boolean; readonly server?: boolean }): Promise<void>
