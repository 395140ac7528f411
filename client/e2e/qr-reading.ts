import { expect, type Locator } from '@playwright/test'
import jsQR from 'jsqr'

/** Reads the QR code off the pixels of a screenshot, as a phone would that is held there until it has read it. */
export async function readQr(picture: Locator): Promise<string> {
  let read: string | undefined
  await expect(async () => {
    read = await readOnce(picture)
    expect(read, 'a QR code that can be read').toBeDefined()
  }).toPass({ timeout: 90_000 })
  return read ?? ''
}

async function readOnce(picture: Locator): Promise<string | undefined> {
  const png = (await picture.screenshot({ animations: 'disabled' })).toString('base64')
  const { width, height, pixels } = await picture.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    // As text: a number for each of them takes seconds on its way.
    let pixels = ''
    for (let at = 0; at < data.length; at += 32_768)
      pixels += String.fromCharCode(...data.subarray(at, at + 32_768))
    return { width: bitmap.width, height: bitmap.height, pixels: btoa(pixels) }
  }, png)
  return jsQR(new Uint8ClampedArray(Buffer.from(pixels, 'base64')), width, height)?.data
}
