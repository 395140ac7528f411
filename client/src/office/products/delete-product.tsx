import type { ProductDetail } from '@evertill/shared/protocol/office/products'
import { useMutation } from '@tanstack/react-query'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'

interface DeleteProductProps {
  readonly product: ProductDetail
  readonly opened: boolean
  readonly onClose: () => void
  readonly onDeleted: () => void
}

export function DeleteProduct({ product, opened, onClose, onDeleted }: DeleteProductProps) {
  const { api } = useOffice()
  const remove = useMutation({
    mutationFn: () => api.deleteProduct(product.productId),
    onSuccess: onDeleted,
  })
  return (
    <Confirm
      opened={opened}
      title={`Delete ${product.name}?`}
      confirm={`Delete ${product.name}`}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      It leaves the catalogue of every till. Past sales keep it, and its stock history stays.
    </Confirm>
  )
}
