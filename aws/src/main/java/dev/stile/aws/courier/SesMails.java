package dev.stile.aws.courier;

import dev.stile.message.Courier.Mail;
import dev.stile.message.Courier.Outcome;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Body;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/// Mail in plain text and, where there is one, an HTML part that says the same; the reader's
/// program chooses.
final class SesMails {
  private static final String UTF_8 = "UTF-8";

  private final SesV2Client ses;
  private final String from;

  SesMails(SesV2Client ses, Sender sender) {
    this.ses = ses;
    this.from = sender.mailAddress();
  }

  Outcome send(String address, Mail mail) {
    try {
      return new Outcome.Accepted(
          ses.sendEmail(email ->
                  email
                      .fromEmailAddress(from)
                      .destination(to -> to.toAddresses(address))
                      .content(content -> content.simple(message(mail))))
              .messageId());
    } catch (MessageRejectedException e) {
      return new Outcome.Refused("rejected");
    } catch (BadRequestException e) {
      return new Outcome.Refused("invalid_destination");
    } catch (AccountSuspendedException
        | SendingPausedException
        | MailFromDomainNotVerifiedException e) {
      return new Outcome.Unavailable("sending_paused");
    } catch (LimitExceededException e) {
      return new Outcome.Unavailable("throttled");
    } catch (SesV2Exception e) {
      return Unanswered.outcome(e);
    } catch (SdkException e) {
      return Unanswered.OUTCOME;
    }
  }

  private static Message message(Mail mail) {
    Body.Builder body = Body.builder().text(text(mail.text()));
    if (mail.html() != null) {
      body.html(text(mail.html()));
    }
    return Message.builder().subject(text(mail.subject())).body(body.build()).build();
  }

  private static Content text(String data) {
    return Content.builder().data(data).charset(UTF_8).build();
  }
}
