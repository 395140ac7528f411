import type { PromotionDetail } from '@evertill/shared/protocol/office/promotions'
import { useMutation } from '@tanstack/react-query'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'

interface EndPromotionProps {
  readonly detail: PromotionDetail
  readonly opened: boolean
  readonly onClose: () => void
  readonly onEnded: () => void
}

export function EndPromotion({ detail, opened, onClose, onEnded }: EndPromotionProps) {
  const { api } = useOffice()
  const { name } = detail.promotion
  const end = useMutation({
    mutationFn: () => api.endPromotion(detail.promotionId, detail.version),
    onSuccess: onEnded,
  })
  return (
    <Confirm
      opened={opened}
      title={`End ${name}?`}
      confirm={`End ${name}`}
      pending={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate()}
      onClose={onClose}
    >
      Each till stops giving it at its next contact, within a minute of being online; one that is offline
      gives it until then. Sales keep what they were given. It stays in the list, and can be copied.
    </Confirm>
  )
}
