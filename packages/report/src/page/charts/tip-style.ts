/** How the values under the pointer look; `stroke` is that of their frame. */
export const tipStyle = { lineWidth: 60, lineHeight: 1.35, stroke: 'var(--quiet)', className: 'tip' } as const;
