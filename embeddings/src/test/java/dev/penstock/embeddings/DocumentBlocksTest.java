package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentBlocksTest {
    private static List<String> blocks(String text) {
        return DocumentBlocks.parse(text, Syntax.MARKDOWN).blocks().stream()
                .map(block -> block.kind() + (block.level() > 0 ? block.level() + "(" + block.title() + ")" : "") + " "
                        + text.substring(block.start(), block.end()).replace("\n", "/"))
                .toList();
    }

    @Test
    void tellsHeadingsCodeTablesAndProseApart() {
        assertThat(blocks("""
                        # Title #

                        Some text
                        over two lines.
                        ## `code` and [link](to.md) {#id}
                        ```java
                        # not a heading
                        ```
                        | a | b |
                        |---|:-:|
                        | 1 | 2 |

                        * item
                        Underlined
                        """))
                .containsExactly(
                        "HEADING1(Title) # Title #",
                        "PROSE Some text/over two lines.",
                        "HEADING2(code and link) ## `code` and [link](to.md) {#id}",
                        "CODE ```java/# not a heading/```",
                        "TABLE | a | b |/|---|:-:|/| 1 | 2 |",
                        "PROSE * item/Underlined");
    }

    @Test
    void readsUnderlinedHeadings() {
        assertThat(blocks("Title\n=====\n\nPart\n---\ntext\n\n---\n\n- item\n---\n"))
                .containsExactly(
                        "HEADING1(Title) Title/=====", "HEADING2(Part) Part/---", "PROSE text", "PROSE - item");
    }

    @Test
    void leavesOutCommentsAndFrontMatterButKeepsTheTitle() {
        String text = "---\ntitle: \"How to\"\ntags:\n  - a\n---\n<!--\n - licence\n -->\n\ntext <!-- inner --> more\n";
        assertThat(blocks(text)).containsExactly("PROSE text <!-- inner --> more");
        assertThat(DocumentBlocks.parse(text, Syntax.MARKDOWN).title()).isEqualTo("How to");
    }

    @Test
    void takesForTextWhatOnlyLooksLikeFrontMatterOrAComment() {
        assertThat(blocks("---\nThis is no mapping at all.\n---\n"))
                .hasSize(1)
                .first()
                .asString()
                .contains("mapping");
        assertThat(blocks("<!-- never ends\n\ntext\n")).containsExactly("PROSE <!-- never ends", "PROSE text");
    }

    @Test
    void readsFilesOfWindowsToo() {
        assertThat(blocks("---\r\ntitle: T\r\n---\r\n# H\r\n\r\n```\r\nx\r\n```\r\nend\r\n"))
                .containsExactly("HEADING1(H) # H\r", "CODE ```\r/x\r/```\r", "PROSE end\r");
    }

    @Test
    void takesCodeWithoutAnEndToTheEndOfTheText() {
        assertThat(blocks("text\n~~~~\n# a\n~~~\n# b")).containsExactly("PROSE text", "CODE ~~~~/# a/~~~/# b");
    }

    @Test
    void seesNoMarkupInPlainText() {
        assertThat(DocumentBlocks.parse("# no heading\n```\n\n| a |\n|---|\n", Syntax.TEXT)
                        .blocks())
                .extracting(Block::kind)
                .containsExactly(Block.Kind.PROSE, Block.Kind.PROSE);
    }

    @Test
    void boundsTitlesAndPaths() {
        String title = HeadingText.plain("word ".repeat(100_000));
        assertThat(title.length()).isLessThanOrEqualTo(100);
        assertThat(HeadingText.path(List.of(title, title + "a", title + "b", "last")))
                .endsWith(" > last")
                .hasSizeLessThan(250);
        assertThat(HeadingText.path(List.of("", "Guide", "guide", "Start"))).isEqualTo("guide > Start");
    }
}
