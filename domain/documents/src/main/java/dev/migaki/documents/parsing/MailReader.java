package dev.migaki.documents.parsing;

import dev.migaki.documents.Block.Role;
import dev.migaki.documents.ParsedDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.dom.address.MailboxList;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Mails and mailboxes: subject, the thread as turns, attachments as further blocks. */
final class MailReader implements FormatReader {

  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(2000)
          .setMalformedHeaderStartsBody(false)
          .build();
  private static final Pattern MAILBOX_SEPARATOR =
      Pattern.compile("(?m)^From [^\\r\\n]*\\d{2}:\\d{2}[^\\r\\n]*\\r?\\n");
  private static final int MAX_PART_DEPTH = 20;

  private final EmbeddedReader embedded;

  MailReader(EmbeddedReader embedded) {
    this.embedded = embedded;
  }

  /** The text parts and the files of one mail. */
  private static final class Parts {
    final List<String> plain = new ArrayList<>();
    final List<Document> html = new ArrayList<>();
    final List<Attachment> attachments = new ArrayList<>();
    final List<Message> forwarded = new ArrayList<>();

    /** The plain text, and where there is none that of the HTML. */
    String text() {
      String written = String.join("\n\n", plain);
      if (!written.isBlank()) {
        return written;
      }
      StringBuilder text = new StringBuilder();
      html.forEach(page -> text.append(MailHtml.toText(page)).append('\n'));
      return text.toString();
    }
  }

  private record Attachment(String name, String type, byte[] bytes) {}

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    String title = null;
    if (source.type().format() == DetectedType.Format.MAILBOX) {
      for (byte[] mail : mailsOf(source.bytes())) {
        String subject = append(mail, source, blocks);
        title = title == null ? subject : title;
      }
    } else {
      title = append(source.bytes(), source, blocks);
    }
    return new ParsedDocument(source.type().mediaType(), null, null, title, blocks.list());
  }

  private static List<byte[]> mailsOf(byte[] mailbox) {
    String text = new String(mailbox, StandardCharsets.ISO_8859_1);
    List<byte[]> mails = new ArrayList<>();
    Matcher separator = MAILBOX_SEPARATOR.matcher(text);
    int start = 0;
    while (separator.find()) {
      if (separator.start() > start) {
        mails.add(text.substring(start, separator.start()).getBytes(StandardCharsets.ISO_8859_1));
      }
      start = separator.end();
    }
    mails.add(text.substring(start).getBytes(StandardCharsets.ISO_8859_1));
    return mails;
  }

  private @Nullable String append(byte[] mail, Source source, Blocks blocks)
      throws Refusal, IOException {
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(CONFIG);
    builder.setDecodeMonitor(DecodeMonitor.SILENT);
    try {
      Message message = builder.parseMessage(new ByteArrayInputStream(mail));
      try {
        return append(message, source, blocks, 0);
      } finally {
        message.dispose();
      }
    } catch (MimeIOException e) {
      throw new Refusal(
          RejectionCode.DAMAGED, "The mail is damaged: its parts do not fit together.");
    }
  }

  private @Nullable String append(Message message, Source source, Blocks blocks, int depth)
      throws IOException {
    Parts parts = new Parts();
    collect(message, parts, depth);
    String subject = message.getSubject();
    String title = subject == null ? null : TextLines.collapse(repaired(subject));
    if (title != null) {
      blocks.heading(1, title);
    }
    appendBody(message, parts, blocks);
    for (Message nested : parts.forwarded) {
      // what is said above a mail that is passed on does not answer it
      append(nested, source, blocks, depth + 1);
    }
    for (Attachment attachment : parts.attachments) {
      embedded.read(attachment.name(), attachment.type(), attachment.bytes(), source, blocks);
    }
    return title == null || title.isEmpty() ? null : title;
  }

  private static void appendBody(Message message, Parts parts, Blocks blocks) {
    String sender = senderOf(message.getFrom());
    boolean fromHtml = parts.plain.stream().allMatch(String::isBlank);
    List<MailThread.Message> thread = MailThread.split(sender, parts.text());
    if (thread.size() == 1 && fromHtml) {
      parts.html.forEach(html -> HtmlReader.append(html, blocks));
      return;
    }
    appendThread(thread, recipientIsDesk(message), blocks);
  }

  static void appendThread(
      List<MailThread.Message> thread, boolean recipientIsDesk, Blocks blocks) {
    thread.stream()
        .filter(MailThread.Message::aside)
        .forEach(aside -> blocks.paragraph(aside.text()));
    List<MailThread.Message> said = thread.stream().filter(one -> !one.aside()).toList();
    List<Role> roles = rolesOf(said, recipientIsDesk);
    for (int i = 0; i < said.size(); i++) {
      blocks.turn(roles.get(i), said.get(i).sender(), said.get(i).text());
    }
  }

  /** Who opens a thread is the customer, unless the address says that it is the desk. */
  private static List<Role> rolesOf(List<MailThread.Message> thread, boolean recipientIsDesk) {
    List<Role> roles = new ArrayList<>();
    if (thread.isEmpty()) {
      return roles;
    }
    MailThread.Message first = thread.get(0);
    if (thread.size() == 1) {
      Role role = MailThread.roleOf(first.sender());
      roles.add(role == Role.OTHER && recipientIsDesk ? Role.CUSTOMER : role);
      return roles;
    }
    boolean deskOpens = MailThread.roleOf(first.sender()) == Role.AGENT;
    Role opener = deskOpens ? Role.AGENT : Role.CUSTOMER;
    Role other = deskOpens ? Role.CUSTOMER : Role.AGENT;
    String openerKey = keyOf(first.sender());
    for (MailThread.Message message : thread) {
      Role named = MailThread.roleOf(message.sender());
      String key = keyOf(message.sender());
      boolean unknown = key.isEmpty() || openerKey.isEmpty();
      if (unknown) {
        boolean even = roles.isEmpty() || roles.get(roles.size() - 1) == other;
        roles.add(even ? opener : other);
      } else {
        roles.add(named == Role.AGENT ? Role.AGENT : key.equals(openerKey) ? opener : other);
      }
    }
    return roles;
  }

  private static String keyOf(@Nullable String sender) {
    if (sender == null) {
      return "";
    }
    Matcher address = Pattern.compile("[^\\s<>\"]+@[^\\s<>\"]+").matcher(sender);
    return (address.find() ? address.group() : sender).toLowerCase(Locale.ROOT);
  }

  private static boolean recipientIsDesk(Message message) {
    return message.getTo() != null
        && message.getTo().flatten().stream()
            .anyMatch(box -> MailThread.roleOf("<" + box.getAddress() + ">") == Role.AGENT);
  }

  private static @Nullable String senderOf(@Nullable MailboxList from) {
    if (from == null || from.isEmpty()) {
      return null;
    }
    Mailbox box = from.get(0);
    String name = box.getName();
    return name == null || name.isBlank()
        ? box.getAddress()
        : repaired(name).strip() + " <" + box.getAddress() + ">";
  }

  private void collect(Entity entity, Parts parts, int depth) throws IOException {
    Body body = entity.getBody();
    if (body == null || depth > MAX_PART_DEPTH) {
      return;
    }
    if (body instanceof Multipart multipart) {
      collectMultipart(multipart, parts, depth);
    } else if (body instanceof Message nested) {
      parts.forwarded.add(nested);
    } else if (body instanceof SingleBody single) {
      collectSingle(entity, single, parts);
    }
  }

  private void collectMultipart(Multipart multipart, Parts parts, int depth) throws IOException {
    if (!"alternative".equalsIgnoreCase(multipart.getSubType())) {
      for (Entity part : multipart.getBodyParts()) {
        collect(part, parts, depth + 1);
      }
      return;
    }
    Parts choice = new Parts();
    for (Entity part : multipart.getBodyParts()) {
      collect(part, choice, depth + 1);
    }
    parts.attachments.addAll(choice.attachments);
    parts.forwarded.addAll(choice.forwarded);
    if (choice.plain.stream().allMatch(String::isBlank)) {
      parts.html.addAll(choice.html);
    } else {
      parts.plain.addAll(choice.plain);
    }
  }

  private static void collectSingle(Entity entity, SingleBody body, Parts parts)
      throws IOException {
    byte[] bytes;
    try (InputStream stream = body.getInputStream()) {
      bytes = stream.readAllBytes();
    }
    String type = entity.getMimeType() == null ? "text/plain" : entity.getMimeType();
    String filename = entity.getFilename();
    boolean attached = "attachment".equalsIgnoreCase(entity.getDispositionType());
    boolean inline = !attached && filename == null;
    if (inline && type.equals("text/plain")) {
      parts.plain.add(TextDecoder.decode(bytes, entity.getCharset()).text());
    } else if (inline && type.equals("text/html")) {
      parts.html.add(Jsoup.parse(TextDecoder.decode(bytes, entity.getCharset()).text()));
    } else if (bytes.length > 0 && !type.startsWith("image/") && !type.contains("signature")) {
      String name = filename == null ? "" : repaired(filename);
      parts.attachments.add(new Attachment(name, type, bytes));
    }
  }

  /** Headers with raw 8-bit text, which no standard allows and many programs write. */
  private static String repaired(String header) {
    boolean raw = header.chars().anyMatch(c -> c > 0x7f);
    boolean narrow = header.chars().allMatch(c -> c < 0x100);
    if (!raw || !narrow) {
      return header;
    }
    return TextDecoder.decode(header.getBytes(StandardCharsets.ISO_8859_1), null).text();
  }
}
