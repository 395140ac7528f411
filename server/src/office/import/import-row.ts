import type { Minor, Thousandths } from '@evertill/shared/domain/money'
import type { TaxKind } from '@evertill/shared/domain/tax'
import type { ImportReport } from '@evertill/shared/protocol/office/product-import'
import type { ProductOption } from '@evertill/shared/protocol/product-traits'

export type ImportProblem = ImportReport['problems'][number]
export type ImportFormat = ImportReport['format']

/** A cell with the name of its column, as problems name it. */
export interface Cell {
  readonly column: string
  readonly text: string
}

/** One product as some format's file has it, before its cells are understood. */
export interface SourceRow {
  readonly line: number
  readonly sku: Cell
  readonly name: Cell
  readonly category?: Cell
  readonly price: Cell
  readonly cost?: Cell
  /** A tax code of the company's, or what kind of tax the other system says it is. */
  readonly tax?: Cell & { readonly kind?: TaxKind }
  readonly barcodes?: Cell
  readonly unit?: Cell
  readonly openingStock?: Cell
  readonly openPrice?: Cell
  readonly favourite?: Cell
  readonly picture?: Cell
  /** The name its variants share. */
  readonly variantOf?: Cell
  /** What tells it from them: `Colour: Black; Size: M`. */
  readonly options?: Cell
  /** The format lists all barcodes of a product; others list one, and those missing are kept. */
  readonly listsAllBarcodes: boolean
}

/** A product ready to be stored. What a file leaves blank is null: the product keeps what it has. */
export interface ImportRow {
  readonly line: number
  readonly sku: string
  readonly name: string
  readonly category: string | null
  readonly price: Minor
  readonly cost: Minor | null
  readonly taxCodeId: string | null
  readonly barcodes: readonly string[] | null
  readonly listsAllBarcodes: boolean
  readonly unit: 'each' | 'kg' | null
  readonly openingStock: Thousandths | null
  readonly openPrice: boolean | null
  readonly favourite: boolean | null
  readonly picture: string | null
  readonly variantOf: string | null
  readonly options: readonly ProductOption[] | null
  /** What the file calls these columns, for problems that show only beside other rows. */
  readonly columns: { readonly sku: string; readonly barcodes: string }
}
