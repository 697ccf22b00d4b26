type Props = { size?: number; label: string }

/** Our mark: three strands that hold together. Takes the colour of the text around it. */
export function Mark({ size = 32, label }: Props) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.55"
      strokeLinecap="round"
      role="img"
      aria-label={label}
    >
      <path d="M17.16 2.1H12A6.15 6.15 0 0 0 12 14.4A1.35 1.35 0 0 1 12 17.1H5.16" />
      <path d="M18 4.5H12A3.75 3.75 0 0 0 12 12A3.75 3.75 0 0 1 12 19.5H6" opacity=".72" />
      <path d="M18.84 6.9H12A1.35 1.35 0 0 0 12 9.6A6.15 6.15 0 0 1 12 21.9H6.84" opacity=".45" />
    </svg>
  )
}
