import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Ask } from '../goods/ask.ts'
import type { Goods } from '../goods/use-goods.ts'
import { AskPrice } from './ask-price.tsx'
import { AskVariant } from './ask-variant.tsx'
import { AskWeight } from './ask-weight.tsx'

/** What has to be known of a product before it can be rung up. Closed without an answer, it is not. */
export function AskDialog({
  ask: { about, product, known },
  onAnswer: answer,
}: {
  ask: Ask
  onAnswer: Goods['answer']
}) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={() => answer()}
      size={480}
      yOffset={16}
      title={about === 'variant' ? product.variantOf : product.name}
      closeButtonProps={{ 'aria-label': t('Close without adding it'), size: 48 }}
    >
      {about === 'variant' && <AskVariant product={product} onGiven={answer} />}
      {about === 'weight' && <AskWeight product={product} known={known} onGiven={answer} />}
      {about === 'price' && <AskPrice product={product} known={known} onGiven={answer} />}
    </Modal>
  )
}
