import { v7 as uuidv7 } from 'uuid'

export interface Category {
  readonly categoryId: string
  readonly name: string
}

/** Ids by name in lower case: people do not mean two categories by Drinks and drinks. */
export const categoriesByName = (categories: readonly Category[]): Map<string, string> =>
  new Map(categories.map(({ name, categoryId }) => [name.toLowerCase(), categoryId]))

/** The category of that name, or a new one that is still to be stored. */
export function namedCategory(
  categories: readonly Category[],
  name: string,
): { readonly categoryId: string; readonly created: Category | undefined } {
  const known = categoriesByName(categories).get(name.toLowerCase())
  if (known !== undefined) return { categoryId: known, created: undefined }
  const created = { categoryId: uuidv7(), name }
  return { categoryId: created.categoryId, created }
}
