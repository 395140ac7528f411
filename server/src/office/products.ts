import type {
  ProductChange,
  ProductDetail,
  ProductEdit,
  ProductOptions,
  TypedProduct,
} from '@evertill/shared/protocol/office/products'
import type { Problem } from '@evertill/shared/protocol/problem'
import { zText, zUuid } from '@evertill/shared/protocol/scalars'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Sql, Tx } from '../db/connect.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { insertCategories } from '../db/queries/office-import.ts'
import {
  buryProduct,
  findProduct,
  insertProduct,
  listCategories,
  listProducts,
  listTaxCodes,
  ownerOfOptions,
  ownerOfSku,
  ownersOfBarcodes,
  setBarcodes,
  updateProduct,
} from '../db/queries/office-products.ts'
import { everyTrait } from '../db/queries/product-traits.ts'
import { differences } from './differences.ts'
import { type Category, namedCategory } from './named-category.ts'
import { PAGE_SIZE, type Page, pageOf, zCursor } from './page.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'

export const zProductCursor = zCursor(z.tuple([zText(200), zUuid]))

export async function productsPage(
  sql: Sql,
  granted: Granted<'catalogue.view'>,
  { q, cursor }: { q?: string | undefined; cursor?: [string, string] | undefined },
): Promise<Page<ProductDetail>> {
  const after = cursor && { nameKey: cursor[0], productId: cursor[1] }
  const rows = await listProducts(sql, granted, q, { after, limit: PAGE_SIZE + 1 })
  return pageOf(
    rows,
    (row) => [row.nameKey, row.productId],
    ({ nameKey: _, ...product }) => product,
  )
}

export async function productOptions(sql: Sql, granted: Granted<'catalogue.view'>): Promise<ProductOptions> {
  const taxCodes = await listTaxCodes(sql, granted)
  return {
    categories: await listCategories(sql, granted),
    taxCodes: taxCodes.map(({ kind: _, ...taxCode }) => taxCode),
  }
}

const changedMeanwhile = () =>
  refused('conflict', 'Somebody else changed this product since you opened it. Nothing of yours is saved.')

const noSuchProduct = () => refused('not-found', 'There is no such product.')

export async function product(
  sql: Sql,
  granted: Granted<'catalogue.view'>,
  productId: string,
): Promise<ProductDetail | Refused> {
  return (await findProduct(sql, granted, productId)) ?? noSuchProduct()
}

export async function addProduct(
  write: OfficeWrite,
  granted: Granted<'catalogue.edit'>,
  typed: TypedProduct,
): Promise<{ productId: string } | Refused> {
  const productId = uuidv7()
  return recordedChange<{ productId: string } | Refused>(write, granted, async (tx) => {
    const { edit, created } = await inItsCategory(tx, granted, typed)
    const refusal = await refuseEdit(tx, granted, productId, typed)
    if (refusal !== undefined) return { answer: refusal }
    if (created !== undefined) await insertCategories(tx, granted, [created])
    await insertProduct(tx, granted, productId, edit)
    await setBarcodes(tx, granted, productId, edit.barcodes)
    const detail = { productId, ...edit, ...(created && { newCategory: created.name }) }
    return { answer: { productId }, changed: { action: 'product.added', detail } }
  })
}

export async function editProduct(
  write: OfficeWrite,
  granted: Granted<'catalogue.edit'>,
  productId: string,
  { version, ...typed }: ProductChange,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const before = await findProduct(tx, granted, productId)
    if (before === undefined) return { answer: noSuchProduct() }
    const { edit, created } = await inItsCategory(tx, granted, typed)
    const { productId: _, categoryName: __, taxCode: ___, version: stored, ...old } = before
    const changes = differences(
      { ...old, ...everyTrait(old) },
      { ...edit, barcodes: edit.barcodes.toSorted(), ...everyTrait(edit) },
    )
    // Whoever saves what is there already, after a lost answer or a second time, has what they wanted.
    if (changes.length === 0) return { answer: undefined }
    if (stored !== version) return { answer: changedMeanwhile() }
    const refusal = await refuseEdit(tx, granted, productId, typed)
    if (refusal !== undefined) return { answer: refusal }
    if (created !== undefined) await insertCategories(tx, granted, [created])
    await updateProduct(tx, granted, productId, edit)
    await setBarcodes(tx, granted, productId, edit.barcodes)
    const detail = { productId, sku: edit.sku, changes, ...(created && { newCategory: created.name }) }
    return { answer: undefined, changed: { action: 'product.edited', detail } }
  })
}

export async function removeProduct(
  write: OfficeWrite,
  granted: Granted<'catalogue.edit'>,
  productId: string,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const found = await findProduct(tx, granted, productId)
    if (found === undefined) return { answer: noSuchProduct() }
    await buryProduct(tx, granted, productId, write.now())
    const { sku, name } = found
    return { answer: undefined, changed: { action: 'product.removed', detail: { productId, sku, name } } }
  })
}

/** The product in the category it is to have, and that category where it is still to be made. */
async function inItsCategory(
  tx: Tx,
  granted: Granted<'catalogue.edit'>,
  { newCategory, ...edit }: TypedProduct,
): Promise<{ readonly edit: ProductEdit; readonly created: Category | undefined }> {
  if (newCategory === undefined) return { edit, created: undefined }
  const { categoryId, created } = namedCategory(await listCategories(tx, granted), newCategory)
  return { edit: { ...edit, categoryId }, created }
}

/** Why the edit cannot be: it names another company's rows, or what another product has. */
async function refuseEdit(
  tx: Tx,
  granted: Granted<'catalogue.edit'>,
  productId: string,
  edit: ProductEdit,
): Promise<Refused | undefined> {
  const wrong: NonNullable<Problem['fields']> = []
  const taxCodes = await listTaxCodes(tx, granted)
  if (!taxCodes.some(({ taxCodeId }) => taxCodeId === edit.taxCodeId))
    wrong.push({ path: 'taxCodeId', message: 'is not one of your tax codes' })
  const categories = await listCategories(tx, granted)
  if (edit.categoryId !== null && !categories.some(({ categoryId }) => categoryId === edit.categoryId))
    wrong.push({ path: 'categoryId', message: 'is not one of your categories' })
  edit.barcodes.forEach((barcode, i) => {
    if (edit.barcodes.indexOf(barcode) < i) wrong.push({ path: `barcodes.${i}`, message: 'is there twice' })
  })
  if ((edit.variantOf === undefined) !== (edit.options === undefined))
    wrong.push({ path: 'options', message: 'belong to a variant, and a variant needs them' })
  if (wrong.length > 0) return refused('bad-request', 'The product has wrong fields.', wrong)

  const taken: NonNullable<Problem['fields']> = []
  const skuOwner = await ownerOfSku(tx, granted, edit.sku, productId)
  if (skuOwner !== undefined) taken.push({ path: 'sku', message: `is the SKU of ${skuOwner}` })
  for (const { barcode, name } of await ownersOfBarcodes(tx, granted, edit.barcodes, productId))
    taken.push({ path: `barcodes.${edit.barcodes.indexOf(barcode)}`, message: `is a barcode of ${name}` })
  const twin = await ownerOfOptions(tx, granted, productId, edit)
  if (twin !== undefined) taken.push({ path: 'options', message: `are those of ${twin}` })
  if (taken.length > 0) return refused('conflict', 'Another product already has this.', taken)
  return undefined
}
