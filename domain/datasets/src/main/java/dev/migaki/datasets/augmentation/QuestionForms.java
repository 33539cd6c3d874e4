package dev.migaki.datasets.augmentation;

import java.util.List;

/**
 * The forms that one language has for asking the same: polite, plain, keywords, indirect, by mail.
 */
interface QuestionForms {

  /**
   * All wordings that a family of templates gives for a question. Some may fit badly or say too
   * much; {@link WordingGuard} decides.
   */
  List<Wording> of(String question, Family family);

  /** The question with one small slip of the keyboard, or unchanged where none fits. */
  String withTypo(String question, long seed);
}
