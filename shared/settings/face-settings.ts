import * as z from 'zod';
import { sectionPath } from '../model/identity.ts';
import { backgroundsOf, type ColourScheme, TEXT_CONTRAST } from '../model/palette.ts';
import { lowestContrast, nearestWithContrast } from '../text/contrast.ts';

/** The settings of how the site looks. They are a part of `site`, and have the form of those in newsroom-settings.ts. */

const Line = z.string().trim().min(1);

/** Names in the folder `theme/` keep their spelling on the site, so they have only characters that need no escape. */
const THEME_NAME = /^theme\/[A-Za-z0-9][\w.-]*$/;

function themeFile(endings: readonly string[]) {
  const allowed = `a file such as "theme/name.${endings[0]}"`;
  return z
    .string()
    .refine(key => THEME_NAME.test(key) && endings.includes(key.slice(key.lastIndexOf('.') + 1)), {
      error: `must be ${allowed}`,
    })
    .meta({ allowed });
}

const LogoFile = themeFile(['svg', 'png', 'webp']);

const Logo = z.strictObject({
  light: LogoFile.meta({ description: 'The logo on light pages.' }),
  dark: LogoFile.optional().meta({
    description: 'The logo on dark pages.',
    reason: 'Many logos can be read on both.',
  }),
});

const COLOUR = 'a colour such as "#0b5394"';

function accentFor(scheme: ColourScheme) {
  const backgrounds = backgroundsOf(scheme);
  return z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, { error: `must be ${COLOUR}`, abort: true })
    .superRefine((colour, context) => {
      const { ratio, background } = lowestContrast(colour, backgrounds);
      if (ratio >= TEXT_CONTRAST) return;
      const nearest = nearestWithContrast(colour, backgrounds, TEXT_CONTRAST);
      // Cut and not rounded, because a ratio of 4.49 does not pass.
      const shown = (Math.floor(ratio * 100) / 100).toFixed(2);
      context.addIssue({
        code: 'custom',
        message: `must have a contrast of at least ${TEXT_CONTRAST} with ${background}, and ${colour} has ${shown}; ${nearest} is the nearest colour that has it`,
      });
    })
    .meta({ allowed: COLOUR });
}

const Accent = z.strictObject({
  light: accentFor('light').meta({ description: 'The accent colour on light pages.' }),
  dark: accentFor('dark').optional().meta({
    description: 'The accent colour on dark pages.',
    reason: 'It is made from the light one, with as much white as its contrast needs.',
  }),
});

const WEIGHT = 'a weight such as "400", or a range such as "200 900"';

const Font = z.strictObject({
  family: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{0,60}$/, { error: 'must be letters, digits, spaces and hyphens' })
    .meta({
      allowed: 'letters, digits, spaces and hyphens',
      description: 'Name of the family.',
    }),
  files: z
    .array(
      z.strictObject({
        file: themeFile(['woff2']),
        weight: z
          .string()
          .regex(/^[1-9]\d{2}(?: [1-9]\d{2})?$/, { error: `must be ${WEIGHT}` })
          .default('400'),
        style: z.enum(['normal', 'italic']).default('normal'),
      }),
    )
    .min(1)
    .max(8)
    .meta({
      allowed: 'a list such as `[{ "file": "theme/text.woff2", "weight": "200 900" }]`',
      description: 'Files of the family. Pages load the first one early, so it should be that of the text.',
    }),
  for: z.enum(['stories', 'all']).default('stories').meta({
    description:
      'Text in this family. `stories`: headlines and stories. `all`: also small text, such as bylines.',
    reason: 'The fonts of the system are easier to read in small sizes than most others.',
  }),
});

const Section = z.strictObject({
  name: Line.meta({ description: 'The section, as stories or folders name it.' }),
  title: Line.optional().meta({ description: 'The name that readers see.' }),
  hidden: z.boolean().default(false).meta({
    description: 'Whether the section is in no navigation. Its page, its feeds and its stories stay public.',
  }),
  front: z.boolean().default(true).meta({
    description: 'Whether the front page has a list of headlines of the section.',
  }),
  opinion: z.boolean().optional().meta({
    description:
      'Whether stories of the section are opinion and look different from news. Default: whether its name begins with a word such as `Opinion` or `Meinung`.',
  }),
});

const LINK = 'an http or https address, a mailto address, or an address of the site such as "/about/"';
const Address = z
  .string()
  .refine(address => /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@|\/(?!\/))\S*$/.test(address), {
    error: `must be ${LINK}`,
  });

const Link = z.strictObject({ title: Line, url: Address });

const Account = z.strictObject({
  title: Line,
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
});

const Front = z.strictObject({
  topStories: z.int().min(1).max(4).default(4).meta({
    description: 'Number of stories at the top of the front page. The first one is the lead.',
    reason: 'A lead with three others fills the width of a desktop screen.',
  }),
  sections: z.boolean().default(true).meta({
    description: 'Whether the front page has lists of headlines of its sections.',
    reason: 'Readers then see at a glance what each section has.',
  }),
  subscribe: z.boolean().default(true).meta({
    description: 'Whether the front page has a box with the addresses of its feeds.',
    reason: 'Few readers know that a site has feeds.',
  }),
});

/** The fields of `site` for the look of the site. */
export const FACE = {
  tagline: Line.optional().meta({
    description: 'Line below the name of the site, at the head of the front page and of lists.',
    reason: 'A name can stand alone.',
  }),
  logo: Logo.optional().meta({
    description: 'Logo in place of the name at the head of each page. Screen readers read the name.',
    reason: 'The name in large letters is a logo too.',
  }),
  icon: themeFile(['png']).optional().meta({
    description: 'Icon of the site in browsers and feed readers: a square PNG of 180 to 1,024 pixels.',
    reason: 'Without it, the site has the icon of Copydesk.',
  }),
  accent: Accent.optional().meta({
    description: 'Colour of links, of small headings and of the lines of the page.',
    reason: 'A dark red stands out from the page and suits most papers.',
  }),
  font: Font.optional().meta({
    description: 'Font family of the paper, from files of your own.',
    reason: 'The fonts of the system load nothing, and have the letters of all languages.',
  }),
  sections: z.array(Section).max(100).default([]).meta({
    allowed:
      'a list such as `[{ "name": "world", "title": "World news" }, { "name": "test", "hidden": true }]`',
    description:
      'Sections in their order in the navigation. Sections that are not named follow them. `title` is the name that readers see. `hidden` takes a section out of the navigation, `"front": false` takes it off the front page. `opinion` tells whether its stories look different from news. Its page, its feeds and its stories stay public.',
    reason: 'The sections of a paper are those of its stories.',
  }),
  footer: z.array(Link).max(20).default([]).meta({
    allowed: 'a list such as `[{ "title": "Imprint", "url": "/imprint/" }]`',
    description: 'Links at the foot of every page, before those to the archive and the feeds.',
    reason: 'Only you know which pages readers or laws ask for.',
  }),
  social: z.array(Account).max(20).default([]).meta({
    allowed: 'a list such as `[{ "title": "Mastodon", "url": "https://social.example/@courier" }]`',
    description:
      'Accounts of the paper elsewhere. They are links at the foot of every page with `rel="me"`, and `sameAs` for search engines.',
    reason: 'Only you know the accounts of the paper.',
  }),
  front: Front.prefault({}).meta({
    description: 'What the front page shows.',
    reason: 'The front page of a new site shows everything.',
  }),
};

/** Refuses settings of a site that name a section twice, in spellings that are the same in its language. */
export function refuseSameSections(
  { sections, language }: { sections: readonly { name: string }[]; language: string },
  context: z.RefinementCtx,
): void {
  const paths = sections.map(({ name }) => sectionPath(name, language));
  const twice = paths.findIndex((path, at) => paths.indexOf(path) !== at);
  if (twice >= 0)
    context.addIssue({
      code: 'custom',
      path: ['sections', twice, 'name'],
      message: 'must name each section once',
    });
}

/** The look of a site. */
export type Face = z.infer<z.ZodObject<typeof FACE>>;
