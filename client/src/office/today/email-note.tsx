import { Alert } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { agoText } from '../../app/format.ts'
import { emailsQuery } from '../api/queries.ts'
import { useNow, useOffice } from '../office-context.tsx'
import { countOf } from '../words/count-words.ts'

/** An hour: a mail server that was restarted is back by then. */
const LATE_MS = 3_600_000

/** Says that receipts customers asked for by e-mail do not go out; nothing while they do. */
export function EmailNote() {
  const { api } = useOffice()
  const now = useNow()
  const { data } = useQuery(emailsQuery(api))
  if (data === undefined || data.oldestWaitingAt === null) return null
  const oldest = new Date(data.oldestWaitingAt)
  if (data.mailServer && now.getTime() - oldest.getTime() < LATE_MS) return null
  const receipts = countOf(data.waiting, 'receipt')
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconMailOff aria-hidden />}
      title={data.mailServer ? 'Receipts wait to be e-mailed' : 'No mail server is set'}
    >
      {data.mailServer
        ? `${receipts} could not be sent yet, the first ${agoText(oldest, now)}. They are tried again by themselves.`
        : `${receipts} that customers asked for by e-mail ${data.waiting === 1 ? 'is' : 'are'} kept and will be sent once the server has SMTP_URL and MAIL_FROM.`}
    </Alert>
  )
}
