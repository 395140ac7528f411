import { notifications } from '@mantine/notifications'
import { messageOf } from '../api/office-error.ts'

/** Says that something was done, and gets out of the way. */
export const sayDone = (message: string): void => {
  notifications.show({ message, color: 'pandan' })
}

export const sayFailed = (error: unknown): void => {
  notifications.show({ message: messageOf(error), color: 'red', autoClose: 10_000 })
}
