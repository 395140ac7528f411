import { IconCloudOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './refund.module.css'
import type { Asked } from './use-asked.ts'

/** What is not known of other tills, where goods are taken back all the same. */
export function AskedNote({ asked }: { asked: Asked }) {
  const { t } = useTranslation()
  if (asked === 'answered') return null
  return (
    <p className={classes.asked} role="status" data-known={asked === 'asking'}>
      {asked === 'asking' ? (
        t('Asking what came back at other tills…')
      ) : (
        <>
          <IconCloudOff aria-hidden size={20} />
          {t(
            'This till cannot ask the server now whether some of it came back at another till. If more comes back than was sold, head office is told.',
          )}
        </>
      )}
    </p>
  )
}
