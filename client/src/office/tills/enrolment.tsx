import type { TillSummary } from '@evertill/shared/protocol/office/tills'
import { Anchor, Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconQrcode } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useNow, useOffice } from '../office-context.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { countdownText } from '../words/time-words.ts'
import classes from './tills.module.css'

const QrCode = lazy(async () => ({ default: (await import('../../app/qr-code.tsx')).QrCode }))

/** Makes a device this till: a code that can be used once, as a link, as a picture and to type. */
export function Enrolment({ till }: { till: TillSummary }) {
  const { api } = useOffice()
  const now = useNow(1000)
  const make = useMutation({ mutationFn: () => api.enrolmentCode(till.tillId) })
  const made = make.data
  const expired = made !== undefined && new Date(made.expiresAt) <= now
  const isNew = till.state === 'waiting-for-enrolment'
  return (
    <section className={classes.enrolment} aria-label="Enrolment">
      {made === undefined || expired ? (
        <Stack gap="md">
          <Text size="sm">
            {expired
              ? 'That code has expired.'
              : isNew
                ? 'No device is this till yet. Make a code, then open it on the device that will sell.'
                : 'To move this till to another device or browser, make a new code. The old one stops being this till.'}
          </Text>
          <Group>
            <Button
              variant={isNew ? 'filled' : 'default'}
              leftSection={<IconQrcode size={16} aria-hidden />}
              loading={make.isPending}
              onClick={() => make.mutate()}
            >
              Make enrolment code
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <div className={classes.qr}>
            <Suspense>
              <QrCode text={made.link} label={`QR code that enrols ${till.name}`} />
            </Suspense>
          </div>
          <p className={classes.code}>{made.code}</p>
          <Text size="sm" ta="center">
            Scan it with the device, or open the link there. It works once, for another{' '}
            <strong>{countdownText(made.expiresAt, now)}</strong>.
          </Text>
          <Group justify="center">
            <CopyButton value={made.link}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  leftSection={
                    copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                  }
                  onClick={copy}
                >
                  {copied ? 'Link copied' : 'Copy link'}
                </Button>
              )}
            </CopyButton>
            <Anchor href={made.link} target="_blank" size="sm">
              Enrol this browser
            </Anchor>
          </Group>
        </Stack>
      )}
      <ProblemNote error={make.error} />
    </section>
  )
}
