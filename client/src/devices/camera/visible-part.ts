export interface Size {
  readonly width: number
  readonly height: number
}

export interface Part extends Size {
  readonly x: number
  readonly y: number
}

/** The middle of a picture that fills a box (`object-fit: cover`): what nobody sees must not be rung up. */
export function visiblePart(picture: Size, box: Size): Part {
  if (box.width <= 0 || box.height <= 0) return { x: 0, y: 0, ...picture }
  const scale = Math.max(box.width / picture.width, box.height / picture.height)
  // Whole pixels: bars of two would be washed out between them.
  const width = Math.min(picture.width, Math.round(box.width / scale))
  const height = Math.min(picture.height, Math.round(box.height / scale))
  const [x, y] = [Math.round((picture.width - width) / 2), Math.round((picture.height - height) / 2)]
  return { x, y, width, height }
}

/** As large as is worth reading: a barcode across half of it has its bars two pixels wide. */
export const MOST_READ_PX = 960

/** The size to draw a part at. */
export function readingSize({ width, height }: Size): Size {
  const scale = Math.min(1, MOST_READ_PX / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
