import {
  endsInCredit,
  isInvitation,
  isNoise,
  isRelatedLabel,
  pointerStart,
} from '../../../functions/ingest/page/lines/wording.ts';

describe('isNoise', () => {
  it.each([
    'sign up for our newsletter',
    'three mornings a week. subscribe to the newsletter here',
    'comments are read by a moderator before they are shown: comments with insults are not',
    'this entry was posted in valley by the desk. bookmark the permalink.',
    'hat es ihnen gefallen? abonnieren sie unseren newsletter!',
    'следите за нами: подписывайтесь на наш канал',
  ])('knows a line of the page itself: %s', line => {
    expect(isNoise(line)).toBe(true);
  });

  it.each([
    'those who follow the mayor on instagram had seen the bridge before anybody else',
    'followers on facebook asked for a newsletter',
    '“sign up with your email,” said the clerk, and closed the window',
    'the council will not sign up to the deal, it wrote in an email',
    'she subscribed to nothing, least of all to a newsletter',
  ])('leaves a sentence of the story: %s', line => {
    expect(isNoise(line)).toBe(false);
  });
});

describe('endsInCredit', () => {
  it.each([
    'the bridge at dawn (photo: valley archive)',
    'divers at the second pier. © valley archive',
    'the mayor on the bank.reuters',
    'the mayor on the bank | getty images',
    'das rathaus am abend. foto: archiv',
  ])('knows a caption: %s', line => {
    expect(endsInCredit(line)).toBe(true);
  });

  it.each([
    'the county will not say more before friday, it told reuters.',
    'reuters',
    'nobody had a photo: the fog was too thick for that.',
    'the map of the valley',
  ])('leaves a line that is none: %s', line => {
    expect(endsInCredit(line)).toBe(false);
  });
});

describe('isInvitation', () => {
  it('needs two social networks', () => {
    expect(isInvitation('find the desk on facebook and instagram')).toBe(true);
    expect(isInvitation('the picture was first seen on instagram')).toBe(false);
  });

  it('keeps quoted speech', () => {
    expect(isInvitation('“i am on facebook and on instagram all day,” she said')).toBe(false);
  });
});

describe('isRelatedLabel', () => {
  it.each([
    'related:',
    'more great valley stories',
    'you might also like',
    'das könnte sie auch interessieren:',
    'weitere aktuelle artikel',
  ])('knows %s', label => {
    expect(isRelatedLabel(label)).toBe(true);
  });

  it.each(['more than a hundred people were there', 'news of the valley'])('leaves %s', label => {
    expect(isRelatedLabel(label)).toBe(false);
  });
});

it('recognises the opening phrase of a pointer to another story', () => {
  expect(pointerStart('→ read more: the ferry stays in port')).toBe('read more');
  expect(pointerStart('le puede interesar: la barca')).toBe('le puede interesar');
  expect(pointerStart('reading more is a habit')).toBeUndefined();
});
