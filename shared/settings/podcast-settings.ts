import * as z from 'zod';

/** Categories of Apple Podcasts, with their subcategories. Spotify and most directories read them. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  Arts: ['Books', 'Design', 'Fashion & Beauty', 'Food', 'Performing Arts', 'Visual Arts'],
  Business: ['Careers', 'Entrepreneurship', 'Investing', 'Management', 'Marketing', 'Non-Profit'],
  Comedy: ['Comedy Interviews', 'Improv', 'Stand-Up'],
  Education: ['Courses', 'How To', 'Language Learning', 'Self-Improvement'],
  Fiction: ['Comedy Fiction', 'Drama', 'Science Fiction'],
  Government: [],
  History: [],
  'Health & Fitness': [
    'Alternative Health',
    'Fitness',
    'Medicine',
    'Mental Health',
    'Nutrition',
    'Sexuality',
  ],
  'Kids & Family': ['Education for Kids', 'Parenting', 'Pets & Animals', 'Stories for Kids'],
  Leisure: [
    'Animation & Manga',
    'Automotive',
    'Aviation',
    'Crafts',
    'Games',
    'Hobbies',
    'Home & Garden',
    'Video Games',
  ],
  Music: ['Music Commentary', 'Music History', 'Music Interviews'],
  News: [
    'Business News',
    'Daily News',
    'Entertainment News',
    'News Commentary',
    'Politics',
    'Sports News',
    'Tech News',
  ],
  'Religion & Spirituality': [
    'Buddhism',
    'Christianity',
    'Hinduism',
    'Islam',
    'Judaism',
    'Religion',
    'Spirituality',
  ],
  Science: [
    'Astronomy',
    'Chemistry',
    'Earth Sciences',
    'Life Sciences',
    'Mathematics',
    'Natural Sciences',
    'Nature',
    'Physics',
    'Social Sciences',
  ],
  'Society & Culture': ['Documentary', 'Personal Journals', 'Philosophy', 'Places & Travel', 'Relationships'],
  Sports: [
    'Baseball',
    'Basketball',
    'Cricket',
    'Fantasy Sports',
    'Football',
    'Golf',
    'Hockey',
    'Rugby',
    'Running',
    'Soccer',
    'Swimming',
    'Tennis',
    'Volleyball',
    'Wilderness',
  ],
  Technology: [],
  'True Crime': [],
  'TV & Film': ['After Shows', 'Film History', 'Film Interviews', 'Film Reviews', 'TV Reviews'],
};

/** All categories as the setting names them: `News`, `News > Politics`. */
export const PODCAST_CATEGORIES: ReadonlySet<string> = new Set(
  Object.entries(CATEGORIES).flatMap(([name, inner]) => [name, ...inner.map(each => `${name} > ${each}`)]),
);

const Line = z.string().trim().min(1);

/** The podcast of a section. Directories require a cover and a category. */
export const Podcast = z.strictObject({
  title: Line.optional().meta({ description: 'Name of the show. Default: site and section.' }),
  author: Line.optional().meta({ description: 'Who makes the show. Default: the title of the site.' }),
  description: Line.optional().meta({ description: 'What the show is about.' }),
  email: z
    .email({ error: 'must be an e-mail address' })
    .optional()
    .meta({ description: 'Public address by which directories check who owns the show.' }),
  image: z
    .url({ protocol: /^https$/, error: 'must be an https address' })
    .refine(address => /\.(?:jpe?g|png)$/i.test(address), { error: 'must end in .jpg, .jpeg or .png' })
    .meta({ description: 'https address of the cover: a square JPEG or PNG of 1,400 to 3,000 pixels.' }),
  category: z
    .string()
    .refine(name => PODCAST_CATEGORIES.has(name), {
      error: 'must be a category of Apple Podcasts, such as "News" or "News > Daily News"',
    })
    .meta({ description: 'Category of Apple Podcasts: `News` or `News > Daily News`.' }),
  explicit: z.boolean().default(false).meta({ description: 'Whether episodes have strong language.' }),
  type: z
    .enum(['episodic', 'serial'])
    .default('episodic')
    .meta({ description: '`serial` if episodes are to be heard in order.' }),
  guid: z.uuid({ error: 'must be a UUID' }).optional().meta({
    description:
      'The `podcast:guid` of a show that had another address before. Default: made of the address.',
  }),
});
export type Podcast = z.infer<typeof Podcast>;
