package dev.stile.aws.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.aws.Engines;
import dev.stile.engines.Capture;
import dev.stile.engines.Fault;
import dev.stile.engines.Sent;
import dev.stile.message.Courier.Mail;
import dev.stile.message.Courier.Outcome;
import dev.stile.message.Courier.Outcome.Accepted;
import dev.stile.message.Courier.Outcome.Refused;
import dev.stile.message.Courier.Outcome.Unavailable;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsCourierTest {
  private static final String PHONE = "+436641234567";
  private static final String MAILBOX = "ann@example.com";
  private static final Mail MAIL = new Mail("Your code – Stile", "12345678 is your code.");
  private static final Queue<Sent> SENT = new ConcurrentLinkedQueue<>();
  private static final int TRIES = 3;

  private static Capture capture;
  private static Engines.Clients clients;

  @BeforeAll
  static void start() {
    capture = Capture.start(SENT::add);
    clients = Engines.clients(capture);
  }

  @AfterAll
  static void stop() {
    capture.close();
  }

  @AfterEach
  void forget() {
    capture.faults().clear();
    SENT.clear();
  }

  @Nested
  class ToAPhone {
    @Test
    void sendsATransactionalMessage() {
      Outcome outcome = courier(null).sms(PHONE, "123456 is your code.");

      assertThat(SENT)
          .singleElement()
          .isEqualTo(
              new Sent.Sms(
                  ((Accepted) outcome).messageId(),
                  PHONE,
                  "123456 is your code.",
                  Map.of("AWS.SNS.SMS.SMSType", "Transactional")));
    }

    @Test
    void namesTheSenderWhereThereIsOne() {
      assertThat(courier("Stile").sms(PHONE, "x")).isInstanceOf(Accepted.class);

      assertThat(((Sent.Sms) SENT.element()).attributes())
          .containsEntry("AWS.SNS.SMS.SenderID", "Stile");
    }

    @Test
    void isRefusedForANumberThatIsNone() {
      assertThat(courier(null).sms("436641234567", "x"))
          .isEqualTo(new Refused("invalid_destination"));
    }

    @ParameterizedTest
    @CsvSource({"OptedOut, opted_out", "InvalidParameter, invalid_destination"})
    void isRefusedForGood(String code, String reason) {
      capture.faults().plan("sns:Publish", 1, new Fault.Refused(code));

      assertThat(courier(null).sms(PHONE, "x")).isEqualTo(new Refused(reason));
    }

    @ParameterizedTest
    @CsvSource({"AuthorizationError, not_authorized", "KMSDisabled, service_failure"})
    void mayBeTriedLaterWhereTheDestinationIsNotToBlame(String code, String reason) {
      capture.faults().plan("sns:Publish", 1, new Fault.Refused(code));

      assertThat(courier(null).sms(PHONE, "x")).isEqualTo(new Unavailable(reason));
    }

    @Test
    void triesAgainWhatWasAnsweredWithAFault() {
      capture.faults().plan("sns:Publish", 1, new Fault.Throttled());
      capture.faults().plan("sns:Publish", 1, new Fault.Broken());

      assertThat(courier(null).sms(PHONE, "x")).isInstanceOf(Accepted.class);
      assertThat(SENT).hasSize(1);
    }

    @Test
    void givesUpOnAServiceThatKeepsFailing() {
      capture.faults().plan("sns:Publish", TRIES, new Fault.Throttled());
      assertThat(courier(null).sms(PHONE, "x")).isEqualTo(new Unavailable("throttled"));

      capture.faults().plan("sns:Publish", TRIES, new Fault.Broken());
      assertThat(courier(null).sms(PHONE, "x")).isEqualTo(new Unavailable("service_failure"));
    }

    @Test
    void isNotSentTwiceWhereTheAnswerIsLost() {
      capture.faults().plan("sns:Publish", 1, new Fault.AnswerLost());

      assertThat(courier(null).sms(PHONE, "x")).isEqualTo(new Unavailable("unreachable"));
      assertThat(SENT).hasSize(1);
    }
  }

  @Nested
  class ToAMailbox {
    @Test
    void sendsPlainText() {
      Outcome outcome = courier(null).email(MAILBOX, MAIL);

      assertThat(SENT)
          .singleElement()
          .isEqualTo(
              new Sent.Email(
                  ((Accepted) outcome).messageId(),
                  MAILBOX,
                  "no-reply@stile.example",
                  MAIL.subject(),
                  MAIL.text(),
                  null));
    }

    @Test
    void sendsHtmlBesideTheText() {
      var mail = new Mail(MAIL.subject(), MAIL.text(), "<p>12345678 – né</p>");

      assertThat(courier(null).email(MAILBOX, mail)).isInstanceOf(Accepted.class);

      assertThat(((Sent.Email) SENT.element()).text()).isEqualTo(MAIL.text());
      assertThat(((Sent.Email) SENT.element()).html()).isEqualTo("<p>12345678 – né</p>");
    }

    @ParameterizedTest
    @CsvSource({"MessageRejected, rejected", "BadRequestException, invalid_destination"})
    void isRefusedForGood(String code, String reason) {
      capture.faults().plan("ses:SendEmail", 1, new Fault.Refused(code));

      assertThat(courier(null).email(MAILBOX, MAIL)).isEqualTo(new Refused(reason));
    }

    @ParameterizedTest
    @CsvSource({
      "SendingPausedException, sending_paused",
      "AccountSuspendedException, sending_paused",
      "MailFromDomainNotVerifiedException, sending_paused",
      "LimitExceededException, throttled",
      "NotFoundException, service_failure"
    })
    void mayBeTriedLaterWhereTheDestinationIsNotToBlame(String code, String reason) {
      capture.faults().plan("ses:SendEmail", 1, new Fault.Refused(code));

      assertThat(courier(null).email(MAILBOX, MAIL)).isEqualTo(new Unavailable(reason));
    }

    @Test
    void givesUpOnAServiceThatKeepsFailing() {
      capture.faults().plan("ses:SendEmail", TRIES, new Fault.Throttled());
      assertThat(courier(null).email(MAILBOX, MAIL)).isEqualTo(new Unavailable("throttled"));

      capture.faults().plan("ses:SendEmail", TRIES, new Fault.Broken());
      assertThat(courier(null).email(MAILBOX, MAIL)).isEqualTo(new Unavailable("service_failure"));
    }

    @Test
    void isUnavailableWhereNobodyAnswers() {
      capture.faults().plan("ses:SendEmail", 1, new Fault.Unanswered());

      assertThat(courier(null).email(MAILBOX, MAIL)).isEqualTo(new Unavailable("unreachable"));
    }
  }

  private static AwsCourier courier(@Nullable String name) {
    return new AwsCourier(clients.sns(), clients.ses(), new Sender("no-reply@stile.example", name));
  }
}
