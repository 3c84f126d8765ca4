package dev.stile.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamViewType;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/// Records of the stream as Lambda hands them over.
final class StreamedRecords {
  private StreamedRecords() {}

  /// The embedded engine rounds moments down to minutes, of wall time: the moment is that of the
  /// local clock when the record is first read.
  static DynamodbStreamRecord of(Record read, Instant at) {
    var written = new StreamRecord();
    written.setKeys(item(read.dynamodb().keys()));
    written.setOldImage(read.dynamodb().hasOldImage() ? item(read.dynamodb().oldImage()) : null);
    written.setNewImage(read.dynamodb().hasNewImage() ? item(read.dynamodb().newImage()) : null);
    written.setSequenceNumber(read.dynamodb().sequenceNumber());
    written.setSizeBytes(read.dynamodb().sizeBytes());
    written.setStreamViewType(StreamViewType.fromValue(read.dynamodb().streamViewTypeAsString()));
    written.setApproximateCreationDateTime(Date.from(at));
    var streamed = new DynamodbStreamRecord();
    streamed.setEventID(read.eventID());
    streamed.setEventName(read.eventNameAsString());
    streamed.setEventVersion(read.eventVersion());
    streamed.setEventSource("aws:dynamodb");
    streamed.setAwsRegion("local");
    streamed.setDynamodb(written);
    if (read.eventName() == OperationType.UNKNOWN_TO_SDK_VERSION) {
      sweep(streamed);
    }
    return streamed;
  }

  /// What expired has no name here that the SDK knew.
  private static void sweep(DynamodbStreamRecord streamed) {
    var service = new Identity();
    service.setType("Service");
    service.setPrincipalId("dynamodb.amazonaws.com");
    streamed.setEventName(OperationType.REMOVE.toString());
    streamed.setUserIdentity(service);
  }

  private static Map<String, AttributeValue> item(
      Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> read) {
    Map<String, AttributeValue> item = new HashMap<>();
    read.forEach((name, value) -> item.put(name, value(value)));
    return item;
  }

  private static AttributeValue value(
      software.amazon.awssdk.services.dynamodb.model.AttributeValue read) {
    var value = new AttributeValue();
    switch (read.type()) {
      case S -> value.setS(read.s());
      case N -> value.setN(read.n());
      case B -> value.setB(read.b().asByteBuffer());
      case SS -> value.setSS(read.ss());
      case NS -> value.setNS(read.ns());
      case BS -> value.setBS(read.bs().stream().map(bytes -> bytes.asByteBuffer()).toList());
      case M -> value.setM(item(read.m()));
      case L -> value.setL(read.l().stream().map(StreamedRecords::value).toList());
      case BOOL -> value.setBOOL(read.bool());
      case NUL -> value.setNULL(read.nul());
      // The embedded stream says nothing of a map that is empty.
      case UNKNOWN_TO_SDK_VERSION -> value.setM(Map.of());
    }
    return value;
  }
}
