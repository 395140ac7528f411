import { IconPackage, IconSearchOff, IconStar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'

export function NoProducts({
  searched,
  favourites,
  catalogueEmpty,
}: {
  searched: string | undefined
  favourites: boolean
  catalogueEmpty: boolean
}) {
  const { t } = useTranslation()
  if (searched !== undefined)
    return (
      <EmptyState icon={IconSearchOff} title={t('Nothing found for “{{searched}}”', { searched })}>
        {t('Try part of the name, the SKU, or scan the barcode.')}
      </EmptyState>
    )
  if (favourites)
    return (
      <EmptyState icon={IconStar} title={t('No favourites yet')}>
        {t('What this till sells most comes here by itself, and what head office marks as a favourite.')}
      </EmptyState>
    )
  if (catalogueEmpty)
    return (
      <EmptyState icon={IconPackage} title={t('No products yet')}>
        {t('Products appear here by themselves as soon as head office adds or imports them.')}
      </EmptyState>
    )
  return (
    <EmptyState icon={IconPackage} title={t('This category is empty')}>
      {t('Head office can put products into it under Products.')}
    </EmptyState>
  )
}
