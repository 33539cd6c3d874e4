package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.blocks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Role;
import dev.migaki.documents.Block.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people copy or export from the chat programs that offices use. */
class ChatExportsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Teams, Slack, Discord: copied from the window
        "Ann Lee  10:15 AM\nWhere?\n\nHelp Desk  10:17 AM\nHere.\n\nAnn Lee  10:18 AM\nThanks!\n",
        "Ann Lee  9:02\nWhere?\nHelp Desk  9:05\nHere.\nAnn Lee  9:06\nThanks!\n",
        "Ann Lee [9:02 AM]\nWhere?\nHelp Desk [9:05 AM]\nHere.\nAnn Lee [9:06 AM]\nThanks!\n",
        "Ann Lee — Today at 10:15 AM\nWhere?\nHelp Desk — Today at 10:16 AM\nHere.\n"
            + "Ann Lee — 11/02/2026 10:17 AM\nThanks!\n",
        // WhatsApp: exported by Android and by iOS
        "02/11/2026, 10:14 - Messages are end-to-end encrypted.\n02/11/2026, 10:15 - Ann Lee: Where?\n"
            + "02/11/2026, 10:17 - Help Desk: Here.\n02/11/2026, 10:18 - Ann Lee: <Media omitted>\n"
            + "02/11/2026, 10:18 - You changed this chat\n02/11/2026, 10:19 - Ann Lee: Thanks!\n",
        "\u200e[11/2/26, 10:15:01\u202fAM] Ann Lee: Where?\n[11/2/26, 10:17:33\u202fAM] Help Desk: Here.\n"
            + "[11/2/26, 10:18:00\u202fAM] Ann Lee: \u200eimage omitted\n"
            + "[11/2/26, 10:18:02\u202fAM] Ann Lee: Thanks!\n",
        // LINE
        "10:01\tAnn Lee\tWhere?\n10:03\tHelp Desk\tHere.\n\n2026/11/02(月)\n"
            + "10:04\tAnn Lee\t[スタンプ]\n10:05\tAnn Lee\tThanks!\n"
      })
  void shouldMakeTurnsOfExportWhateverTheProgram(String export) {
    // When
    List<Block> turns =
        blocks("chat.txt", export).stream().filter(block -> block instanceof Turn).toList();

    // Then
    assertThat(turns)
        .containsExactly(
            new Turn(Role.CUSTOMER, "Ann Lee", "Where?", 0),
            new Turn(Role.AGENT, "Help Desk", "Here.", 0),
            new Turn(Role.CUSTOMER, "Ann Lee", "Thanks!", 0));
  }

  @Test
  void shouldMakeTurnsOfJapaneseExport() {
    // When
    List<Block> blocks =
        blocks(
            "chat.txt", "佐藤 花子  10:15\nつながりません。\n\nヘルプデスク  10:17\n再起動を。\n\n佐藤 花子  10:20\nどうも。\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Turn(Role.CUSTOMER, "佐藤 花子", "つながりません。", 0),
            new Turn(Role.AGENT, "ヘルプデスク", "再起動を。", 0),
            new Turn(Role.CUSTOMER, "佐藤 花子", "どうも。", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Opening  10:15\nKeynote  10:30\nLunch  12:00\nEnd  17:00\n",
        "Opening  10:15\nHall A\nKeynote  10:30\nHall B\nLunch  12:00\nFoyer\n",
        "We meet at 10:15 AM\nin the hall.\nWe leave at 11:15 AM\nby bus.\nWe eat at 12:15 PM\nthere.\n"
      })
  void shouldSeeNoConversationInTimetable(String timetable) {
    // When
    List<Block> blocks = blocks("plan.txt", timetable);

    // Then
    assertThat(blocks).noneMatch(block -> block instanceof Turn);
  }
}
